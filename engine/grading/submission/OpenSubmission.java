package grading.submission;

import grading.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import kernel.output.VisibleText;
import lab.os.TempFolder;
import lesson.Exercise;
import lesson.Home;

/** A submission that is unpacked and not judged. */
public final class OpenSubmission implements AutoCloseable {
    private final SubmissionReader.Read read;
    private final TempFolder unpacked;
    private final List<Part> parts = new ArrayList<>();

    /** The answer to one exercise. @param folder where its files are until this is closed */
    public record Part(Report report, Exercise exercise, Path folder) { }

    private OpenSubmission(SubmissionReader.Read read, TempFolder unpacked) {
        this.read = read;
        this.unpacked = unpacked;
    }

    /**
     * Unpacks it.
     *
     * @throws BadSubmission if the file is none, or answers an exercise that this course does not have
     */
    public static OpenSubmission of(Path file, Home home) {
        var read = SubmissionReader.read(file);
        var exercises = new LinkedHashMap<Report, Exercise>();
        read.submission().reports().forEach(report -> exercises.put(report, exercise(report, home)));
        refuseOthers(read, exercises.values());
        try {
            var open = new OpenSubmission(read, TempFolder.of("submission"));
            SubmissionReader.unpack(read, open.unpacked.folder());
            exercises.forEach((report, exercise) -> open.parts.add(new Part(report, exercise,
                open.unpacked.folder().resolve(exercise.lesson().id()).resolve(exercise.folderName()))));
            return open;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + file, e);
        }
    }

    private static Exercise exercise(Report report, Home home) {
        return home.exercises().stream().filter(e -> Report.id(e).equals(report.id())).findFirst()
            .orElseThrow(() -> new BadSubmission("the submission answers " + report.id() + ", an exercise that this course does not have"));
    }

    /** Nothing but the files of the exercises that it reports. */
    private static void refuseOthers(SubmissionReader.Read read, Collection<Exercise> reported) {
        var folders = reported.stream().map(e -> Submission.ANSWERS + e.lesson().id() + "/" + e.folderName() + "/").toList();
        read.answers().keySet().stream().filter(name -> folders.stream().noneMatch(name::startsWith)).findFirst().ifPresent(name -> {
            throw new BadSubmission("the submission holds " + name + ", and reports nothing about that exercise; nothing of it was judged");
        });
    }

    /** In the order of its report. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** When it was packed, as the learner's clock had it; empty where that is no time. */
    public Optional<OffsetDateTime> created() {
        try {
            return Optional.ofNullable(read.submission().created()).map(OffsetDateTime::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Who has signed it, in words. @param signers names keys and whose they are, as ssh-keygen's ALLOWED SIGNERS */
    public String signature(Optional<Path> signers) {
        return SubmissionSignature.check(read, signers);
    }

    /** What was changed after packing, in sentences. */
    public List<String> changed() {
        return read.tampered().stream().map(VisibleText::of).toList();
    }

    @Override public void close() {
        unpacked.closeQuietly();
    }
}

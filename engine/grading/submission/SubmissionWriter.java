package grading.submission;

import grading.report.Report;
import grading.report.Reports;
import grading.report.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lab.os.TempFolder;
import lesson.Exercise;
import lesson.Hashes;

/** Packs answers into one file: the answers, their verdicts, and checksums to see that nothing was changed. */
public final class SubmissionWriter {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private SubmissionWriter() { }

    /** Copies of the answers, so that what is judged is what is packed, whatever an editor does meanwhile. */
    public static final class Copies implements AutoCloseable {
        private final TempFolder tempFolder;

        /** @throws UncheckedIOException where a file cannot be copied */
        public Copies(List<Exercise> exercises) {
            try {
                tempFolder = TempFolder.of("submission");
                for (var exercise : exercises) {
                    Files.createDirectories(folder(exercise));
                    for (var file : Exercise.answerFiles(exercise.folder())) {
                        Files.copy(file, folder(exercise).resolve(file.getFileName()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot copy the answers", e);
            }
        }

        /** Where the copies of this exercise's files are. */
        public Path folder(Exercise exercise) {
            return tempFolder.folder().resolve(exercise.lesson().id()).resolve(exercise.folderName());
        }

        @Override public void close() {
            try {
                tempFolder.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + tempFolder.folder(), e);
            }
        }
    }

    /**
     * Writes {@code <to>/<time>.zip}.
     *
     * @param verdicts of the copies
     * @param key      an SSH key to sign it with
     * @return the file
     * @throws UncheckedIOException where it cannot be written
     */
    public static Path write(List<Verdict> verdicts, Path to, Optional<Path> key) {
        var contents = new TreeMap<String, byte[]>();
        var sums = new TreeMap<String, String>();
        verdicts.forEach(verdict -> addAnswers(verdict, contents));
        contents.forEach((name, bytes) -> sums.put(name, Hashes.of(bytes)));
        var submission = new Submission(Submission.FORMAT, OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString(), sums,
            verdicts.stream().map(Report::of).toList());
        var report = utf8(Reports.JSON.writeValueAsString(submission) + "\n");
        contents.put(Submission.REPORT, report);
        var lines = new StringBuilder();
        contents.forEach((name, bytes) -> lines.append(Hashes.of(bytes)).append("  ").append(name).append('\n'));
        contents.put(Submission.SUMS, utf8(lines.toString()));
        key.ifPresent(file -> contents.put(Submission.SIGNATURE, SubmissionSignature.make(file, utf8(lines.toString()))));
        return pack(contents, to);
    }

    /** The same, unsigned. */
    public static Path write(List<Verdict> verdicts, Path to) {
        return write(verdicts, to, Optional.empty());
    }

    private static void addAnswers(Verdict verdict, TreeMap<String, byte[]> contents) {
        var exercise = verdict.exercise();
        var prefix = Submission.ANSWERS + exercise.lesson().id() + "/" + exercise.folderName() + "/";
        for (var file : Exercise.answerFiles(verdict.folder())) {
            try {
                contents.put(prefix + file.getFileName(), Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }

    private static Path pack(TreeMap<String, byte[]> contents, Path to) {
        try {
            Files.createDirectories(to);
            var half = Files.createTempFile(to, "half-", ".zip");
            try (var zip = new ZipOutputStream(Files.newOutputStream(half), StandardCharsets.UTF_8)) {
                for (var entry : contents.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                    zip.closeEntry();
                }
            }
            return Files.move(half, freeName(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a submission into " + to, e);
        }
    }

    private static Path freeName(Path to) {
        var time = LocalDateTime.now().format(NAME);
        var file = to.resolve(time + ".zip");
        for (int again = 2; Files.exists(file); again++) {
            file = to.resolve(time + "-" + again + ".zip");
        }
        return file;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

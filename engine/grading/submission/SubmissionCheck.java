package grading.submission;

import grading.host.VerificationService;
import grading.report.Report;
import grading.report.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import kernel.output.VisibleText;
import lab.os.TempFolder;
import lesson.Exercise;
import lesson.Home;

/**
 * A submission, judged again here.
 *
 * @param verdicts    made now, on this machine
 * @param tampered    what was changed after packing, in sentences
 * @param differences where today's verdict is not the one in the submission's report, in sentences
 */
public record SubmissionCheck(List<Verdict> verdicts, List<String> tampered, List<String> differences) {

    /**
     * Verifies the answers of a submission with the verifiers of this course.
     *
     * @throws BadSubmission if the file is none, or answers an exercise that this course does not have
     */
    public static SubmissionCheck of(Path file, Home home, VerificationService service) throws InterruptedException {
        var read = SubmissionReader.read(file);
        try {
            try (var tempFolder = TempFolder.of("submission")) {
                SubmissionReader.unpack(read, tempFolder.folder());
                return judged(read, tempFolder.folder(), home, service);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + file, e);
        }
    }

    private static SubmissionCheck judged(SubmissionReader.Read read, Path folder, Home home, VerificationService service) throws InterruptedException {
        var exercises = new LinkedHashMap<Report, Exercise>();
        read.submission().reports().forEach(report -> exercises.put(report, exercise(report, home)));
        refuseOthers(read, exercises.values());
        var verdicts = new ArrayList<Verdict>();
        var differences = new ArrayList<String>();
        for (var report : read.submission().reports()) {
            var exercise = exercises.get(report);
            var now = service.verify(exercise, folder.resolve(exercise.lesson().id()).resolve(exercise.folderName()));
            verdicts.add(now);
            difference(report, Report.of(now), differences);
        }
        return new SubmissionCheck(verdicts, read.tampered(), differences);
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

    private static void difference(Report then, Report now, List<String> differences) {
        if (!then.status().equals(now.status()) || then.score() != now.score()) {
            differences.add(VisibleText.of(then.exercise() + ": its report says " + then.status()) + " (" + then.score() + " of " + then.maxScore() + "), here it is "
                + now.status() + " (" + now.score() + " of " + now.maxScore() + ")");
        }
        if (!then.verifierHash().equals(now.verifierHash())) {
            differences.add(VisibleText.of(then.exercise() + ": it was judged by another verifier than the one here (course " + then.courseVersion()) + ", here " + now.courseVersion() + ")");
        }
    }

    /** 0 as good as its report says and untouched, 1 something failed or was changed, 2 could not be judged. */
    public int exitCode() {
        var worst = verdicts.stream().mapToInt(Verdict::exitCode).max().orElse(2);
        return tampered.isEmpty() ? worst : Math.max(worst, 1);
    }
}

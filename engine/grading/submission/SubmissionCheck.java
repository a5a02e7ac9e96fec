package grading.submission;

import grading.host.VerificationService;
import grading.report.Report;
import grading.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import kernel.output.VisibleText;

/**
 * A submission, judged again here.
 *
 * @param verdicts    made now, on this machine
 * @param tampered    what was changed after packing, in sentences
 * @param differences where today's verdict is not the one in the submission's report, in sentences
 */
public record SubmissionCheck(List<Verdict> verdicts, List<String> tampered, List<String> differences) {

    /** Verifies the answers of a submission with the verifiers of this course. */
    public static SubmissionCheck of(OpenSubmission submission, VerificationService service) throws InterruptedException {
        var verdicts = new ArrayList<Verdict>();
        var differences = new ArrayList<String>();
        for (var part : submission.parts()) {
            var now = service.verify(part.exercise(), part.folder());
            verdicts.add(now);
            difference(part.report(), Report.of(now), differences);
        }
        return new SubmissionCheck(verdicts, submission.changed(), differences);
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

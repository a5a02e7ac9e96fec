package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.protocol.Limits;
import grading.report.Check;
import grading.report.Verdict;
import java.nio.file.Files;
import java.time.Duration;
import lab.Progress;

/** The sample course and the service that verifies its answers, one after the other in the same session. */
final class VerifiedCourse implements AutoCloseable {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(6), Duration.ofSeconds(60), 128, false);
    private final SampleCourse course = new SampleCourse();
    private final VerificationService service;

    /** For own answers. */
    VerifiedCourse() {
        this(LIMITS);
    }

    private VerifiedCourse(Limits limits) {
        service = VerificationService.open("embedded", Progress.SILENT, limits);
    }

    /** For answers of somebody else. */
    static VerifiedCourse ofOthers() {
        return new VerifiedCourse(LIMITS.forOthers());
    }

    /** The check that refuses the answer; it must be this one, and the session must go on. */
    Check refused(String answer, String check) throws Exception {
        var verdict = verified(answer);
        var bad = verdict.firstBad().orElseThrow();
        assertEquals(check, bad.name(), () -> described(verdict));
        assertEquals(1, verdict.exitCode());
        next();
        return bad;
    }

    /** The same session goes on with a good answer. */
    void next() throws Exception {
        var verdict = verified(SampleCourse.GOOD);
        assertTrue(verdict.passed(), () -> "the next answer is harmed: " + described(verdict));
    }

    Verdict verified(String answer) throws Exception {
        course.answer(answer);
        return verified();
    }

    /** Answers of somebody else come. */
    void nextLearner() {
        service.nextLearner();
    }

    /** The learner's editor saves in an encoding of its own. */
    Verdict verified(byte[] answer) throws Exception {
        Files.write(course.exercise().folder().resolve("SumUp.java"), answer);
        return verified();
    }

    /** The author has another verifier for once. */
    Verdict verifiedBy(String verifier, String answer) throws Exception {
        try {
            course.write("verify/02-sums/SumUpTest.java", verifier);
            return verified(answer);
        } finally {
            course.write("verify/02-sums/SumUpTest.java", SampleCourse.VERIFIER);
        }
    }

    /** The learner has removed the file. */
    Verdict verifiedWithoutFile() throws Exception {
        Files.delete(course.exercise().folder().resolve("SumUp.java"));
        return verified();
    }

    private Verdict verified() throws Exception {
        return service.verify(course.exercise(), course.exercise().folder());
    }

    static String described(Verdict verdict) {
        return verdict.checks() + "\n" + verdict.notes();
    }

    @Override public void close() {
        service.close();
        course.close();
    }
}

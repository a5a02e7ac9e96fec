package grading.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lesson.Exercise;

/**
 * The result of one verification.
 *
 * @param folder   where the answer was
 * @param answerHash of the files when the verification began
 * @param checks   the ladder, in order
 * @param notes    what a learner should know although no check depends on it: a thread left running
 * @param postgres the server's version; empty where no database was needed
 */
public record Verdict(Exercise exercise, Path folder, String answerHash, List<Check> checks, List<String> notes, String postgres, Duration took) {

    /** Whether every check has passed. */
    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(check -> check.status() == Check.Status.PASSED);
    }

    /** Nothing can be said about the answer, because something else failed. */
    public boolean broken() {
        return checks.stream().anyMatch(check -> check.status() == Check.Status.BROKEN);
    }

    /** The first check that did not pass: the one to work on. */
    public Optional<Check> firstBad() {
        return checks.stream().filter(Check::isBad).findFirst();
    }

    /** How many checks have passed. */
    public long score() {
        return checks.stream().filter(check -> check.status() == Check.Status.PASSED).count();
    }

    /** 0 passed, 1 failed, 2 could not be judged. */
    public int exitCode() {
        return broken() ? 2 : passed() ? 0 : 1;
    }
}

package grading.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** "3 of 6 passed", or that nothing can be said. */
    public String summary() {
        return broken() ? "Could not be judged" : score() + " of " + checks.size() + " passed";
    }

    /** How long it took: "in 1.20 s". */
    public String duration() {
        return String.format(Locale.ROOT, "in %.2f s", took.toNanos() / 1e9);
    }

    /** The check that the next hint is about: the first that did not pass, where a hint belongs to it. */
    public Optional<Check> hinted() {
        return firstBad().filter(check -> check.hint() > 0);
    }

    /** The same with one more note. */
    public Verdict withNote(String note) {
        return new Verdict(exercise, folder, answerHash, checks, Stream.concat(notes.stream(), Stream.of(note)).toList(), postgres, took);
    }

    /** 0 passed, 1 failed, 2 could not be judged. */
    public int exitCode() {
        return broken() ? 2 : passed() ? 0 : 1;
    }
}

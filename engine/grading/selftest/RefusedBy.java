package grading.selftest;

import grading.host.ExerciseFiles;
import grading.report.Check;
import grading.report.Verdict;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@value #FILE} beside an answer says: line 1 names the first check that must fail, line 2 is a part of what the
 * learner must read, line 3 the promise of the task that the answer breaks.
 */
final class RefusedBy {
    static final String FILE = "refused-by.txt";

    private RefusedBy() { }

    /** The first check that must fail; empty where the file does not say. */
    static String check(Path folder) {
        return ExerciseFiles.text(folder.resolve(FILE)).lines().findFirst().orElse("").strip();
    }

    /** The promise that the answer breaks, and no other; empty where the file does not say. */
    static String promise(Path folder) {
        return ExerciseFiles.text(folder.resolve(FILE)).lines().skip(2).findFirst().orElse("").strip();
    }

    /** What is not as the file says; empty where all is. */
    static String problem(Verdict verdict, Path folder) {
        var lines = ExerciseFiles.text(folder.resolve(FILE)).lines().toList();
        if (lines.size() < 2) {
            return "there is no " + folder.resolve(FILE) + " with two lines, the check and a part of its message";
        }
        if (verdict.passed()) {
            return "it passes, but " + lines.getFirst() + " must refuse it";
        }
        return verdict.firstBad().map(bad -> problem(bad, lines)).orElseGet(() -> hasPassed(verdict, lines.getFirst().strip())
            ? lines.getFirst() + " must refuse it, but lets it pass" : skipped(verdict));
    }

    private static boolean hasPassed(Verdict verdict, String name) {
        return verdict.checks().stream().anyMatch(check -> check.name().equals(name) && check.status() == Check.Status.PASSED);
    }

    private static String problem(Check bad, List<String> lines) {
        var shown = normal(bad.sentence() + " " + bad.cause().message());
        if (!bad.name().equals(lines.getFirst().strip())) {
            return lines.getFirst() + " must refuse it, but " + described(bad);
        }
        return shown.contains(normal(lines.get(1))) ? "" : "the learner must read \"" + lines.get(1) + "\", but " + described(bad);
    }

    /** Of a verdict in which no check fails, and some were not run. */
    static String skipped(Verdict verdict) {
        return "a check was skipped: " + verdict.checks().stream().filter(c -> c.status() == Check.Status.SKIPPED).map(Check::name).toList();
    }

    static String described(Check check) {
        return "the check " + check.name() + " (" + check.sentence() + ") is " + check.status() + ":\n" + check.cause().message();
    }

    private static String normal(String text) {
        return Arrays.stream(text.split("\\s+")).collect(Collectors.joining(" ")).strip();
    }
}

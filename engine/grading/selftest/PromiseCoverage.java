package grading.selftest;

import grading.host.ExerciseFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lesson.Exercise;
import lesson.VerifierChecks;

/** From the promise to the check: each promise of a task is looked at, and answers that break it are known to be refused. */
final class PromiseCoverage {
    private PromiseCoverage() { }

    /** What is missing, a line each; empty where nothing is. */
    static String gaps(Exercise exercise) {
        var promises = ExerciseFiles.promises(exercise);
        if (promises.isEmpty()) {
            return Exercise.TASK + " promises nothing: write what must be true as bullets, * [[some-id]]…";
        }
        var checks = VerifierChecks.of(exercise);
        var wrong = exercise.answers("wrong").stream().collect(Collectors.groupingBy(RefusedBy::promise, Collectors.counting()));
        var gaps = new ArrayList<String>();
        for (var promise : promises) {
            if (checks.stream().noneMatch(check -> check.promises().contains(promise))) {
                gaps.add(promise + " has no check; name it in @Promises of the one that looks at it");
            }
            var broken = wrong.getOrDefault(promise, 0L);
            if (broken < ExerciseFiles.WRONG_ANSWERS_A_PROMISE) {
                gaps.add(promise + " is broken by " + broken + " of the wrong answers; there should be " + ExerciseFiles.WRONG_ANSWERS_A_PROMISE + ", of different kinds");
            }
        }
        checks.forEach(check -> unknown(promises, check.promises()).forEach(id -> gaps.add(check.name() + " promises " + id + ", which is no bullet of the task")));
        for (int i = 0; i < checks.size(); i++) {
            var before = checks.subList(0, i).stream().map(VerifierChecks.Check::name).toList();
            var check = checks.get(i);
            unknown(before, check.needs()).forEach(name -> gaps.add(check.name() + " needs " + name + ", which is no check before it: it would be skipped always"));
        }
        exercise.answers("wrong").forEach(folder -> gap(folder, promises, checks).ifPresent(gaps::add));
        return String.join("\n", gaps);
    }

    private static Optional<String> gap(Path wrong, List<String> promises, List<VerifierChecks.Check> checks) {
        var promise = RefusedBy.promise(wrong);
        var file = wrong.getFileName() + "/" + RefusedBy.FILE;
        if (!promises.contains(promise)) {
            return Optional.of(file + " has no bullet of the task in its third line");
        }
        var check = RefusedBy.check(wrong);
        return checks.stream().filter(c -> c.name().equals(check)).anyMatch(c -> c.promises().contains(promise)) ? Optional.empty()
            : Optional.of(file + " says that " + check + " refuses what breaks " + promise + ", but that check does not name it in @Promises");
    }

    private static List<String> unknown(List<String> known, List<String> named) {
        return named.stream().filter(id -> !known.contains(id)).toList();
    }
}

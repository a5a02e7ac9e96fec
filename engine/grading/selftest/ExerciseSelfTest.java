package grading.selftest;

import grading.host.ExerciseFiles;
import grading.host.Ladder;
import grading.host.VerificationService;
import grading.report.Check;
import grading.report.Verdict;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import lab.LabException;
import lesson.Exercise;
import lesson.Sample;

/**
 * What must be true of an exercise: the starter fails for the right reason, the solution and every other right answer
 * pass, every wrong answer is refused by the check, and with the sentence, that its {@code refused-by.txt} names.
 */
final class ExerciseSelfTest {
    private static final int RIGHT_SAMPLE = 1;
    private static final int WRONG_SAMPLE = 2;
    private final VerificationService service;
    private final int times;
    private final List<ExerciseSelfTests.Result> results = new ArrayList<>();

    /** @param times how often each answer is judged; the verdict must be right each time */
    ExerciseSelfTest(VerificationService service, int times) {
        this.service = service;
        this.times = times;
    }

    static String name(Exercise exercise) {
        return exercise.id() + " " + exercise.topic();
    }

    /** How many answers there are to be judged. */
    static int answers(Exercise exercise) {
        return exercise.answers("right").size() + exercise.answers("wrong").size();
    }

    List<ExerciseSelfTests.Result> all(Exercise exercise) {
        return all(exercise, exercise.answers("right"), exercise.answers("wrong"), this::refute);
    }

    /**
     * The same with a right answer and a few wrong ones, which are judged by the check that must refuse them, and those that it needs: not whether
     * it is the first.
     *
     * @param state chooses which: others, when it is another
     */
    List<ExerciseSelfTests.Result> sample(Exercise exercise, String state) {
        return all(exercise, few(exercise.answers("right"), RIGHT_SAMPLE, state), few(exercise.answers("wrong"), WRONG_SAMPLE, state),
            (one, folder) -> judged(folder, () -> service.refute(one, folder, RefusedBy.check(folder))));
    }

    static List<Path> few(List<Path> answers, int number, String state) {
        return Sample.shuffled(answers, answer -> answer.getParent().getFileName() + "/" + answer.getFileName(), state).stream().limit(number).toList();
    }

    private interface Refutation {
        Verdict of(Exercise exercise, Path folder);
    }

    private List<ExerciseSelfTests.Result> all(Exercise exercise, List<Path> right, List<Path> wrong, Refutation refutation) {
        var id = name(exercise);
        check(id + ": the starter is what `reset` restores", () -> ExerciseFiles.starterDiffers(exercise));
        check(id + ": it has two hints or more", () -> ExerciseFiles.hintsAreMissing(exercise));
        check(id + ": there are " + ExerciseFiles.WRONG_ANSWERS + " wrong answers or more", () -> ExerciseFiles.wrongAnswersAreMissing(exercise));
        check(id + ": each bullet of the task has an id", () -> ExerciseFiles.promisesWithoutId(exercise));
        check(id + ": each promise has a check, and two wrong answers that break just it", () -> PromiseCoverage.gaps(exercise));
        repeat(id + ": the starter fails for the right reason", () -> starter(exercise));
        solution(exercise);
        for (var answer : right) {
            repeat(id + ": the right answer " + answer.getFileName() + " passes", () -> passes(exercise, answer));
        }
        for (var answer : wrong) {
            repeat(id + ": the wrong answer " + answer.getFileName() + " is refused", () -> RefusedBy.problem(refutation.of(exercise, answer), answer));
        }
        return results;
    }

    List<ExerciseSelfTests.Result> solution(Exercise exercise) {
        repeat(name(exercise) + ": the solution passes", () -> passes(exercise, exercise.solution()));
        return results;
    }

    /** A verdict that is right only sometimes is a mistake of the verifier. */
    private void repeat(String name, Supplier<String> problem) {
        check(times == 1 ? name : name + ", " + times + " times of " + times, () -> {
            for (int time = 1; time <= times; time++) {
                var message = problem.get();
                if (!message.isEmpty()) {
                    return times == 1 ? message : "right " + (time - 1) + " times, and then: " + message;
                }
            }
            return "";
        });
    }

    private void check(String name, Supplier<String> problem) {
        var start = System.nanoTime();
        String message;
        try {
            message = problem.get();
        } catch (LabException | UncheckedIOException e) {
            message = String.valueOf(e.getMessage());
        }
        results.add(new ExerciseSelfTests.Result(name, message.isEmpty(), message, Duration.ofNanos(System.nanoTime() - start)));
    }

    private String starter(Exercise exercise) {
        var verdict = refute(exercise, exercise.folder());
        if (Files.exists(exercise.starter().resolve(RefusedBy.FILE))) {
            return RefusedBy.problem(verdict, exercise.starter());
        }
        if (verdict.passed()) {
            return "it passes as it is";
        }
        return verdict.firstBad().map(bad -> starter(exercise, bad)).orElseGet(() -> RefusedBy.skipped(verdict));
    }

    private static String starter(Exercise exercise, Check bad) {
        var reason = bad.status() == Check.Status.FAILED && !bad.cause().what().isEmpty() && !bad.name().equals(Ladder.COMPILES) && !bad.name().equals(Ladder.SHAPE);
        return reason ? "" : "it must compile, end, and fail by an Expect of a check (or say in starter/" + exercise.folderName() + "/"
            + RefusedBy.FILE + " what refuses it), but " + RefusedBy.described(bad);
    }

    private String passes(Exercise exercise, Path folder) {
        if (Exercise.answerFiles(folder).isEmpty()) {
            return "there are no files in " + folder;
        }
        var verdict = judged(folder, () -> service.verify(exercise, folder));
        return verdict.firstBad().map(RefusedBy::described).orElseGet(() -> verdict.passed() ? "" : RefusedBy.skipped(verdict));
    }

    /** Ends with the first check that refuses; those after it would often run until their time is up. */
    private Verdict refute(Exercise exercise, Path folder) {
        return judged(folder, () -> service.refute(exercise, folder));
    }

    private interface Judging {
        Verdict judge() throws InterruptedException;
    }

    private static Verdict judged(Path folder, Judging judging) {
        try {
            return judging.judge();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while judging " + folder, e);
        }
    }
}

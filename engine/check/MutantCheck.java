package check;

import grading.mutation.MutationRun;
import grading.mutation.Score;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lab.Progress;
import lesson.Exercise;
import lesson.Home;
import lesson.MutantScores;

/** Every verifier refuses all mutants of its solution but those that are listed as equivalent. */
final class MutantCheck {
    private MutantCheck() { }

    /** @param progress gets each score as it comes */
    static List<Result> of(List<Exercise> exercises, String db, Consumer<Score> progress) {
        return MutationRun.run(exercises, db, Progress.SILENT, progress).stream()
            .map(score -> result(score, "the mutants of the solution are refused, as recorded", unrecorded(score))).toList();
    }

    /**
     * A few mutants of each solution. All of them take longer than everything else together, and were judged when they were recorded; the
     * record is of just this solution and verifier, or {@link #unrecorded} says so. What a verifier stands on may have changed since, and
     * that shows in a few as well.
     */
    static List<Result> sample(List<Exercise> exercises, String db, Consumer<Score> progress) {
        return MutationRun.sample(exercises, db, Progress.SILENT, progress).stream()
            .map(score -> result(score, "some mutants of the solution are refused", List.of())).toList();
    }

    /** Exercises without a score, with one of another solution or verifier, or with one that names mutants which pass. */
    static List<String> unrecorded(Home home) {
        return home.exercises().stream().filter(exercise -> Files.exists(exercise.verifier())).flatMap(MutantCheck::unrecorded).toList();
    }

    private static Stream<String> unrecorded(Exercise exercise) {
        var file = "verify/" + exercise.lesson().id() + "/mutants.out";
        return MutantScores.of(exercise).map(score -> score.killed() == score.total() ? Stream.<String>empty()
                : Stream.of("%s says that %d mutants of exercise %s pass; `./jbang verify %s --mutants` shows which"
                    .formatted(file, score.total() - score.killed(), exercise.id(), exercise.id())))
            .orElseGet(() -> Stream.of(file + " has no score of the solution and the verifier of exercise " + exercise.id()
                + " as they are; run `./jbang record --mutants " + exercise.lesson().number() + "`"));
    }

    private static Result result(Score score, String what, List<String> complaints) {
        var name = score.exercise().id() + " " + score.exercise().topic() + ": " + what;
        return score.passed() ? Result.of(name, complaints) : Result.failed(name, score.problems());
    }

    /** The book shows what was recorded, so that must be what is true. */
    private static List<String> unrecorded(Score score) {
        var recorded = MutantScores.of(score.exercise());
        var lesson = score.exercise().lesson();
        return recorded.isPresent() && recorded.get().equals(score.recorded()) ? List.of()
            : List.of("verify/" + lesson.id() + "/mutants.out says " + recorded.map(Object::toString).orElse("nothing of this solution and verifier")
                + ", but it is " + score.recorded() + "; run `./jbang record --mutants " + lesson.number() + "`");
    }
}

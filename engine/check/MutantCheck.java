package check;

import grading.mutation.MutationRun;
import grading.mutation.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import lab.Progress;
import lesson.Exercise;
import lesson.Home;
import lesson.MutantScores;

/** Every verifier refuses all mutants of its solution but those that are listed as equivalent. */
final class MutantCheck {
    private static final Pattern OF_ITS_OWN = Pattern.compile("\\b(PostgresPrograms|AnswerProgram)\\b");

    private MutantCheck() { }

    /** @param progress gets each score as it comes */
    static List<Result> of(List<Exercise> exercises, String db, Consumer<Score> progress) {
        return MutationRun.run(exercises, db, Progress.SILENT, progress).stream().map(MutantCheck::result).toList();
    }

    /**
     * Without those whose verifiers start servers or programs of their own: their mutants take many minutes. They are judged when they are
     * recorded, and by {@code ./jbang test --mutants}; the record is of just this solution and verifier, or {@link #unrecorded} says so.
     */
    static List<Exercise> quick(List<Exercise> exercises) {
        return exercises.stream().filter(exercise -> !OF_ITS_OWN.matcher(read(exercise.verifier())).find()).toList();
    }

    private static String read(Path verifier) {
        try {
            return Files.exists(verifier) ? Files.readString(verifier) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + verifier, e);
        }
    }

    /** Exercises without a score, or with one of another solution or verifier. */
    static List<String> unrecorded(Home home) {
        return home.exercises().stream().filter(exercise -> Files.exists(exercise.verifier()) && MutantScores.of(exercise).isEmpty())
            .map(exercise -> "verify/" + exercise.lesson().id() + "/mutants.out has no score of the solution and the verifier of exercise "
                + exercise.id() + " as they are; run `./jbang record --mutants " + exercise.lesson().number() + "`").toList();
    }

    private static Result result(Score score) {
        var name = score.exercise().id() + " " + score.exercise().topic() + ": the mutants of the solution are refused, as recorded";
        return score.passed() ? Result.of(name, unrecorded(score)) : Result.failed(name, score.problems());
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

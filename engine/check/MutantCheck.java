package check;

import grading.mutation.MutationRun;
import grading.mutation.Score;
import java.util.List;
import lab.Progress;
import lesson.Home;

/** Every verifier refuses all mutants of its solution but those that are listed as equivalent. */
final class MutantCheck {
    private MutantCheck() { }

    /** @param scores gets what was counted, in the order of the exercises */
    static List<Result> of(Home home, String db, List<Score> scores) {
        scores.addAll(MutationRun.run(home.exercises(), db, Progress.SILENT, score -> { }));
        return scores.stream().map(score -> new Result(score.exercise().id() + " " + score.exercise().topic()
            + ": the mutants of the solution are refused", score.complaint().isEmpty(), score.complaint())).toList();
    }
}

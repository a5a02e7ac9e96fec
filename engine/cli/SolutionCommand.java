package cli;

import grading.progress.LearnerProgress;
import java.io.IOException;
import java.nio.file.Files;
import lesson.Exercise;
import lesson.Home;
import org.apache.commons.cli.Option;

/** {@code solution 02.1}: the commented solution, once the exercise has passed. */
final class SolutionCommand extends Command {
    private static final Option GIVE_UP = flag("give-up", "show it although the exercise has not passed");

    SolutionCommand() {
        super("solution", "Show the commented solution of a passed exercise.", Arguments.one("NN.n", "the exercise"), GIVE_UP);
    }

    @Override protected int run(ParsedArguments arguments) throws IOException {
        var home = Home.here();
        var exercise = home.exercise(arguments.words().getFirst());
        if (!arguments.has(GIVE_UP) && !LearnerProgress.of(home, System.err::println).hasPassed(exercise)) {
            System.err.println("Exercise " + exercise.id() + " has not passed yet. Try ./jbang hint " + exercise.id()
                + "; with --give-up the solution is shown all the same.");
            return Main.FAILED;
        }
        for (var file : Exercise.answerFiles(exercise.solution())) {
            System.out.println("── " + home.shown(file) + "\n\n" + Files.readString(file).stripTrailing() + "\n");
        }
        return Main.OK;
    }
}

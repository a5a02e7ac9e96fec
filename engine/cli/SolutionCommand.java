package cli;

import grading.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import lesson.Exercise;
import lesson.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code solution 02.1}: the commented solution, once the exercise has passed. */
@Command(name = "solution", description = "Show the commented solution of a passed exercise.", mixinStandardHelpOptions = true)
final class SolutionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NN.n", description = "the exercise") String name;
    @Option(names = "--give-up", description = "show it although the exercise has not passed") boolean giveUp;

    @Override public Integer call() throws IOException {
        var home = Home.here();
        var exercise = home.exercise(name);
        if (!giveUp && !Standing.of(home, System.err::println).hasPassed(exercise)) {
            System.err.println("Exercise " + exercise.id() + " has not passed yet. Try ./jbang hint " + exercise.id()
                + "; with --give-up the solution is shown all the same.");
            return Main.FAILED;
        }
        for (var file : Exercise.answerFiles(exercise.solution())) {
            System.out.println("── " + home.root().relativize(file) + "\n\n" + Files.readString(file).stripTrailing() + "\n");
        }
        return Main.OK;
    }
}

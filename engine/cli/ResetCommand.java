package cli;

import grading.Reset;
import java.util.concurrent.Callable;
import lesson.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reset 02.1}: the files of an exercise as they were given. */
@Command(name = "reset", description = "Put an exercise back to its start.", mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NN.n", description = "the exercise") String name;
    @Option(names = {"--yes", "-y"}, description = "do not ask") boolean yes;

    @Override public Integer call() {
        var home = Home.here();
        var exercise = home.exercise(name);
        if (!yes && System.console() == null) {
            System.err.println("There is no terminal to ask you in; add --yes to reset exercise " + exercise.id());
            return Main.UNUSABLE;
        }
        if (!yes && !agreed(exercise.id())) {
            System.out.println("Nothing was changed.");
            return Main.OK;
        }
        var backup = Reset.of(exercise);
        System.out.println("Exercise " + exercise.id() + " is as it was given. Your files are in " + home.root().relativize(backup));
        return Main.OK;
    }

    private static boolean agreed(String id) {
        var answer = System.console().readLine("Put exercise %s back to its start? Your files are kept in .course/backup. [y/n] ", id);
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }
}

package cli;

import grading.progress.Reset;
import lesson.Home;
import org.apache.commons.cli.Option;

/** {@code reset 02.1}: the files of an exercise as they were given. */
final class ResetCommand extends Command {
    private static final Option YES = flag("yes", "do not ask");

    ResetCommand() {
        super("reset", "Put an exercise back to its start.", Arguments.one("NN.n", "the exercise"), YES);
    }

    @Override protected int run(ParsedArguments arguments) {
        var home = Home.here();
        var exercise = home.exercise(arguments.words().getFirst());
        var yes = arguments.has(YES);
        if (!yes && System.console() == null) {
            System.err.println("There is no terminal to ask you in; add --yes to reset exercise " + exercise.id());
            return Main.UNUSABLE;
        }
        if (!yes && !agreed(exercise.id())) {
            System.out.println("Nothing was changed.");
            return Main.OK;
        }
        var backup = Reset.of(exercise);
        System.out.println("Exercise " + exercise.id() + " is as it was given. Your files are in " + home.shown(backup));
        return Main.OK;
    }

    private static boolean agreed(String id) {
        var answer = System.console().readLine("Put exercise %s back to its start? Your files are kept in .course/backup. [y/n] ", id);
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }
}

package cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Finds the command and runs it. One sentence on standard error when something is wrong; a stack trace never. */
public final class Main {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int UNUSABLE = 2;

    private Main() { }

    @Command(name = "course", subcommands = {LessonCommand.class, RecordCommand.class, TestCommand.class, BenchCommand.class, CleanCommand.class,
        DoctorCommand.class, VerifyCommand.class, HintCommand.class, SolutionCommand.class, ResetCommand.class,
        CourseCommand.class, SubmitCommand.class, TrainCommand.class},
        description = "Postgres by Experiment", synopsisSubcommandLabel = "COMMAND")
    static final class Root { }

    /** @return the exit code */
    public static int run(String... args) {
        script.LogLines.collect();
        var line = new CommandLine(new Root()).setCommandName("./jbang");
        line.setParameterExceptionHandler(Usage::explain);
        line.setExecutionExceptionHandler((failure, command, parsed) -> Trouble.explain(failure, command.getErr()));
        try {
            return line.execute(lessonFirst(args));
        } catch (Error e) {
            return Trouble.explain(e, line.getErr());
        }
    }

    /** {@code lesson02 --list} is {@code lesson 02 --list}: fifteen lessons, one command. */
    private static String[] lessonFirst(String... args) {
        if (args.length == 0 || !args[0].matches("lesson\\d+")) {
            return args;
        }
        var spread = new String[args.length + 1];
        spread[0] = "lesson";
        spread[1] = args[0].substring("lesson".length());
        System.arraycopy(args, 1, spread, 2, args.length - 1);
        return spread;
    }
}

package cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Finds the command and runs it. One sentence on standard error when something is wrong; a stack trace never. */
public final class Main {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int UNUSABLE = 2;

    private Main() { }

    @Command(name = "course", description = "Postgres by Experiment", synopsisSubcommandLabel = "COMMAND")
    static final class Root { }

    /** Each command by its name. Made only when asked for: reading the options of all takes longer than most of them run. */
    private static final Map<String, Supplier<Callable<Integer>>> COMMANDS = new TreeMap<>(Map.ofEntries(
        Map.entry("lesson", LessonCommand::new), Map.entry("record", RecordCommand::new), Map.entry("test", TestCommand::new),
        Map.entry("bench", BenchCommand::new), Map.entry("clean", CleanCommand::new), Map.entry("doctor", DoctorCommand::new),
        Map.entry("verify", VerifyCommand::new), Map.entry("hint", HintCommand::new), Map.entry("solution", SolutionCommand::new),
        Map.entry("reset", ResetCommand::new), Map.entry("course", CourseCommand::new), Map.entry("submit", SubmitCommand::new),
        Map.entry("train", TrainCommand::new)));

    /** @return the exit code */
    public static int run(String... args) {
        script.LogLines.collect();
        var words = lessonFirst(args);
        var line = commandLine(words.length > 0 ? words[0] : "");
        line.setParameterExceptionHandler(Usage::explain);
        line.setExecutionExceptionHandler((failure, command, parsed) -> Trouble.explain(failure, command.getErr()));
        try {
            return line.execute(words);
        } catch (Error e) {
            return Trouble.explain(e, line.getErr());
        }
    }

    /** With the one command that was named; with all of them where the word is none, so that the nearest can be said. */
    private static CommandLine commandLine(String word) {
        var line = new CommandLine(new Root()).setCommandName("./jbang");
        COMMANDS.forEach((name, command) -> {
            if (name.equals(word) || !COMMANDS.containsKey(word)) {
                line.addSubcommand(name, command.get());
            }
        });
        return line;
    }

    /** {@code lesson02 --list} is {@code lesson 02 --list}: fifteen lessons, one command. */
    private static String[] lessonFirst(String... args) {
        if (args.length == 0 || !args[0].matches("lesson\\d+")) {
            return args;
        }
        WarmUp.lesson(args[0].substring("lesson".length()));
        var spread = new String[args.length + 1];
        spread[0] = "lesson";
        spread[1] = args[0].substring("lesson".length());
        System.arraycopy(args, 1, spread, 2, args.length - 1);
        return spread;
    }
}

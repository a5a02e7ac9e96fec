package cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson.UnknownName;
import terminal.screen.CtrlC;

/** Finds the command and runs it. One sentence on standard error when something is wrong; a stack trace never. */
public final class Main {
    public static final int OK = 0;
    /** A claim of a lesson, or a check, does not hold. */
    public static final int FAILED = 1;
    /** Wrong usage, or nothing could be judged. */
    public static final int UNUSABLE = 2;

    private Main() { }

    /** Each command by its name, made only when asked for. */
    private static final Map<String, Supplier<Command>> COMMANDS = new TreeMap<>(Map.ofEntries(
        Map.entry("record", RecordCommand::new), Map.entry("test", TestCommand::new),
        Map.entry("bench", BenchCommand::new), Map.entry("clean", CleanCommand::new), Map.entry("doctor", DoctorCommand::new),
        Map.entry("verify", VerifyCommand::new), Map.entry("hint", HintCommand::new), Map.entry("solution", SolutionCommand::new),
        Map.entry("reset", ResetCommand::new), Map.entry("course", CourseCommand::new), Map.entry("submit", SubmitCommand::new),
        Map.entry("notebook", NotebookCommand::new), Map.entry("new", NewCommand::new), Map.entry("train", TrainCommand::new),
        Map.entry("sql", SqlCommand::new), Map.entry("grade", GradeCommand::new), Map.entry("fetch", FetchCommand::new),
        Map.entry("start", StartCommand::new)));

    /** The program: runs a command and ends the process with its exit code. */
    public static void main(String... words) {
        CtrlC.listen();
        System.exit(run(words));
    }

    /**
     * Runs a command; without words, the home screen.
     *
     * @return the exit code: {@link #OK}, {@link #FAILED} or {@link #UNUSABLE}
     */
    public static int run(String... words) {
        script.LogLines.collect();
        CtrlC.comeBack(() -> typed(words));
        return guarded(() -> {
            var name = words.length == 0 ? "course" : words[0];
            return command(name).execute(Arrays.copyOfRange(words, Math.min(1, words.length), words.length));
        });
    }

    /** The program that is one command, none of these. */
    public static void main(Command command, String... words) {
        CtrlC.listen();
        CtrlC.comeBack(() -> typed(Stream.concat(Stream.of(command.name()), Arrays.stream(words)).toArray(String[]::new)));
        System.exit(run(command, words));
    }

    /** A command that is none of these, with the words after its name. */
    public static int run(Command command, String... words) {
        return guarded(() -> command.execute(words));
    }

    private static String typed(String... words) {
        var quoted = Arrays.stream(words).map(word -> word.matches("[\\w.,:/=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
        return "./jbang" + quoted.map(word -> " " + word).collect(Collectors.joining());
    }

    private interface Work {
        /** The exit code. */
        int run() throws Exception;
    }

    private static int guarded(Work work) {
        try {
            return work.run();
        } catch (Exception | Error e) {
            if (CtrlC.explainsFailure()) {
                return CtrlC.EXIT;
            }
            return ErrorReport.explain(e, new PrintWriter(System.err, true));
        }
    }

    /** {@code lesson02}: all lessons are one command. */
    static Command command(String name) {
        if (name.matches("lesson\\d+")) {
            return new LessonCommand(name.substring("lesson".length()));
        }
        var command = COMMANDS.get(name);
        if (command == null) {
            throw UnknownName.of("command", name, names());
        }
        return command.get();
    }

    private static List<String> names() {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of("lesson01"),
            COMMANDS.keySet().stream().filter(name -> !name.equals("train"))).toList();
    }
}

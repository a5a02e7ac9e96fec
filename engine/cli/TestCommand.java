package cli;

import check.Result;
import check.SelfCheck;
import java.util.List;
import java.util.concurrent.Callable;
import lab.Choice;
import lab.Progress;
import lesson.Home;
import lesson.UnknownName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code test}: the whole self-check. */
@Command(name = "test", description = "Check the whole course; the last line counts.", mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    @Option(names = "--db", split = ",", paramLabel = "DB",
        description = "databases to test with, separated by commas (default: embedded, and docker where it answers)")
    List<String> databases = List.of();

    @Option(names = "--quick", description = "lessons and exercises alone")
    boolean quick;

    @Option(names = "--engine", paramLabel = "PART", description = "the engine's tests whose class names contain PART alone")
    String engine;

    @Option(names = "--lesson", description = "this lesson alone: its program, its regions, and what it leaves to the next")
    String lesson;

    @Override public Integer call() {
        var check = new SelfCheck(Home.here(), providers(), System.out::println);
        var results = engine != null ? check.engine(engine) : lesson != null ? check.lesson(lesson) : quick ? check.quick() : check.all();
        var passed = results.stream().filter(Result::passed).count();
        System.out.println();
        System.out.println(passed + " passed, " + (results.size() - passed) + " failed");
        return passed == results.size() && !results.isEmpty() ? Main.OK : Main.FAILED;
    }

    /** A database that was asked for must start; one that was not is used where it can. */
    private List<String> providers() {
        if (databases.isEmpty()) {
            var docker = Choice.of("auto", System.out::println).name().equals("docker");
            return docker ? List.of("embedded", "docker") : List.of("embedded");
        }
        for (var word : databases) {
            if (!Choice.isKnown(word)) {
                throw UnknownName.of("database", word, Choice.WORDS);
            }
            Choice.of(word, Progress.SILENT);
        }
        return databases;
    }
}

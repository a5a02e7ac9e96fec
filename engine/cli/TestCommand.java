package cli;

import check.Result;
import check.SelfCheck;
import java.util.List;
import lab.Progress;
import lab.provider.Providers;
import lesson.Home;
import lesson.UnknownName;
import org.apache.commons.cli.Option;

/** {@code test}: the whole self-check. */
final class TestCommand extends Command {
    private static final Option DATABASES = value("db", "DB,…",
        "databases to test with, separated by commas (default: embedded, and docker where it answers)");
    private static final Option QUICK = flag("quick", "lessons and solutions alone");
    private static final Option MUTANTS = flag("mutants", "the mutants of all solutions alone");
    private static final Option ELSEWHERE = flag("elsewhere", "the programs of other tools beside all lessons alone");
    private static final Option ENGINE = value("engine", "PART", "the engine's tests whose class names contain PART alone");
    private static final Option LESSON = value("lesson", "NN", "all of this lesson, and nothing of the others: program, regions, exercises, mutants, structure, pages");
    private static final int STRESS_TIMES = 20;
    private static final Option STRESS = Option.builder().longOpt("stress").hasArg().optionalArg(true).argName("NN")
        .desc("all lessons, or this one, " + STRESS_TIMES + " times beside a session that vacuums and analyzes all the time, and nothing else").get();
    private static final Option WITHOUT = value("without", "PART,…", "parts to leave out: " + String.join(", ", SelfCheck.PARTS));

    TestCommand() {
        super("test", "Check the whole course; the last line counts.", Arguments.NONE, DATABASES, QUICK, MUTANTS, ELSEWHERE, ENGINE, LESSON, STRESS, WITHOUT);
    }

    @Override protected List<Option> alternatives() {
        return List.of(QUICK, MUTANTS, ELSEWHERE, ENGINE, LESSON, STRESS);
    }

    @Override protected int run(ParsedArguments arguments) {
        var databases = arguments.value(DATABASES).map(words -> List.of(words.split(","))).orElse(List.of());
        var check = new SelfCheck(Home.here(), providers(databases), without(arguments), System.out::println);
        var results = arguments.value(ENGINE).map(check::engine).or(() -> arguments.value(LESSON).map(check::lesson))
            .orElseGet(() -> arguments.has(QUICK) ? check.quick() : arguments.has(MUTANTS) ? check.mutants()
                : arguments.has(ELSEWHERE) ? check.elsewhere() : arguments.has(STRESS) ? check.stress(arguments.value(STRESS).orElse(""), STRESS_TIMES) : check.all());
        var passed = results.stream().filter(Result::passed).count();
        System.out.println();
        System.out.println(passed + " passed, " + (results.size() - passed) + " failed");
        return passed == results.size() && !results.isEmpty() ? Main.OK : Main.FAILED;
    }

    private static List<String> without(ParsedArguments arguments) {
        var parts = arguments.value(WITHOUT).map(words -> List.of(words.split(","))).orElse(List.of());
        parts.forEach(part -> UnknownName.check("part of the check", part, SelfCheck.PARTS));
        return parts;
    }

    /** A database that was asked for must start; one that was not is used where it can. */
    private static List<String> providers(List<String> databases) {
        if (databases.isEmpty()) {
            var docker = Providers.of("auto", System.out::println).name().equals("docker");
            return docker ? List.of("embedded", "docker") : List.of("embedded");
        }
        for (var word : databases) {
            if (!Providers.isKnown(word)) {
                throw UnknownName.of("database", word, Providers.WORDS);
            }
            Providers.of(word, Progress.SILENT);
        }
        return databases;
    }
}

package cli;

import bench.Bench;
import bench.ClassSize;
import lesson.Home;
import org.apache.commons.cli.Option;

/** {@code bench}: the performance table. */
final class BenchCommand extends Command {
    private static final Option RUNS = value("runs", "N", "runs of each (default: 5)");
    private static final Option ONLY = value("only", "PART", "lessons, verdicts, grading, notebook or capstone (default: all)");
    private static final Option CLASS = value("class", "NxM", "grade N submissions of M exercises (default: 4x4)");

    BenchCommand() {
        super("bench", "Measure times and memory, beside their floors and peers.", Arguments.NONE, RUNS, ONLY, CLASS);
    }

    @Override protected int run(ParsedArguments arguments) throws Exception {
        new Bench(Home.here(), number(arguments, RUNS, 5), arguments.value(CLASS).map(ClassSize::of).orElse(ClassSize.USUAL), System.out::println).run(arguments.value(ONLY).orElse("all"));
        return Main.OK;
    }
}

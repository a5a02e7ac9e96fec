package cli;

import bench.Bench;
import lesson.Home;
import org.apache.commons.cli.Option;

/** {@code bench}: the performance table. */
final class BenchCommand extends Command {
    private static final Option RUNS = value("runs", "N", "runs of each (default: 5)");

    BenchCommand() {
        super("bench", "Measure start and verdict times, beside their floors and peers.", Arguments.NONE, RUNS);
    }

    @Override protected int run(Given given) throws Exception {
        new Bench(Home.here(), number(given, RUNS, 5), System.out::println).run();
        return Main.OK;
    }
}

package cli;

import bench.Bench;
import java.util.concurrent.Callable;
import lesson.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}: the performance table. */
@Command(name = "bench", description = "Measure start and verdict times, beside their floors and peers.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Option(names = "--runs", defaultValue = "5", description = "runs of each (default: ${DEFAULT-VALUE})") int runs;

    @Override public Integer call() throws Exception {
        new Bench(Home.here(), runs, System.out::println).run();
        return Main.OK;
    }
}

package cli;

import java.util.concurrent.Callable;
import lab.Cleaning;
import picocli.CommandLine.Command;

/** {@code clean}: nothing left running, nothing left on disk but the learner's own work. */
@Command(name = "clean", description = "Stop what was left running, empty the caches.", mixinStandardHelpOptions = true)
final class CleanCommand implements Callable<Integer> {
    @Override public Integer call() {
        Cleaning.clean().forEach(System.out::println);
        return Main.OK;
    }
}

package cli;

import lab.provider.Cleanup;

/** {@code clean}: nothing left running, nothing left on disk but the learner's own work. */
final class CleanCommand extends Command {
    CleanCommand() {
        super("clean", "Stop what was left running, empty the caches.", Arguments.NONE);
    }

    @Override protected int run(ParsedArguments arguments) {
        Cleanup.clean().forEach(System.out::println);
        return Main.OK;
    }
}

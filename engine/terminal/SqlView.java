package terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import lab.Database;
import lab.Role;
import terminal.page.LessonPrinter;
import terminal.prompt.PromptText;
import terminal.prompt.Prompts;
import terminal.screen.Interrupts;
import terminal.screen.Screen;
import terminal.screen.TerminalEnvironment;
import terminal.screen.TerminalWriter;

/** The SQL prompt by itself, without a lesson around it. */
public final class SqlView {
    private SqlView() { }

    /**
     * Returns when the person leaves the prompt. Where nobody sits at a terminal, what comes by standard input is run.
     *
     * @param root    the clone, where the palette is
     * @param text    what it says at its beginning, and where it finds files
     * @param history where the lines that were typed are kept
     * @return whether all that came by standard input ran without a failure
     */
    public static boolean run(Path root, Database database, Role role, PromptText text, Optional<Path> history) {
        var terminalEnvironment = TerminalEnvironment.here();
        if (!terminalEnvironment.isTerminal()) {
            return Prompts.sqlOf(input(), new LessonPrinter(TerminalWriter.plain(terminalEnvironment)), database, role, text);
        }
        var interrupts = new Interrupts();
        var screen = new Screen(interrupts, terminalEnvironment.width());
        try {
            var printer = new LessonPrinter(TerminalWriter.on(screen, terminalEnvironment, terminalEnvironment.palette(root)));
            new Prompts(screen, printer, interrupts).sql(database, role, text, history);
            return true;
        } finally {
            screen.close();
        }
    }

    private static String input() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read standard input", e);
        }
    }
}

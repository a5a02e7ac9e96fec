package terminal.prompt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import lab.Database;
import lab.Role;
import org.jline.terminal.Size;
import org.jline.terminal.TerminalBuilder;
import terminal.drawing.TextStyle;
import terminal.page.LessonPrinter;
import terminal.screen.Interrupts;
import terminal.screen.Screen;
import terminal.screen.TerminalWriter;

/** Types into a prompt through a pseudo-terminal of the operating system. */
final class TypedAtPrompt {
    private static final Logger JLINE = Logger.getLogger("org.jline");
    private static final long MS = 20_000;
    private static final long BETWEEN_KEYS_MS = 1_500;

    static {
        JLINE.setLevel(Level.OFF); // it warns of a terminal that we close while it reads
    }

    private TypedAtPrompt() { }

    /**
     * Leaves the prompt at the end.
     *
     * @param keys each arrives at once, as a paste that nobody marks does; a moment passes between them
     * @return what the prompt showed, without the echo of the keys
     */
    static String sql(Database database, String... keys) throws Exception {
        var shown = new ByteArrayOutputStream();
        var echo = new ByteArrayOutputStream();
        var out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        var hand = new PipedOutputStream();
        try (var terminal = TerminalBuilder.builder().system(false).streams(new PipedInputStream(hand, 1 << 16), echo).type("xterm-256color").size(Size.of(100, 30)).build();
             var screen = new Screen(terminal)) {
            var printer = new LessonPrinter(new TerminalWriter(out, StandardCharsets.UTF_8, () -> TextStyle.plain(100)));
            var prompt = Thread.ofPlatform().start(() -> new SqlPrompt(printer, new Interrupts(), database, Role.APP, new PromptText(List.of(), Path.of(""))).run(screen, Optional.empty()));
            waitForPrompt(echo);
            for (var each : keys) {
                type(hand, each);
                Thread.sleep(keys.length > 1 ? BETWEEN_KEYS_MS : 0);
            }
            type(hand, "\\q\n");
            prompt.join(MS);
            if (prompt.isAlive()) {
                throw new AssertionError("the prompt does not end after:\n" + shown.toString(StandardCharsets.UTF_8) + "\n" + echo.toString(StandardCharsets.UTF_8));
            }
        }
        return shown.toString(StandardCharsets.UTF_8);
    }

    private static void type(PipedOutputStream hand, String text) throws IOException {
        hand.write(text.replace("\n", "\r").getBytes(StandardCharsets.UTF_8));
        hand.flush();
    }

    private static void waitForPrompt(ByteArrayOutputStream echo) throws InterruptedException {
        var end = System.nanoTime() + MS * 1_000_000;
        while (!echo.toString(StandardCharsets.UTF_8).contains("app=>")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no prompt: " + echo.toString(StandardCharsets.UTF_8));
            }
            Thread.sleep(20);
        }
    }
}

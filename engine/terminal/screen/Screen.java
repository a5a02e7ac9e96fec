package terminal.screen;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.ShutdownHooks;

/** The learner's terminal, opened beside everything else because that takes a moment. */
public final class Screen implements AutoCloseable {
    public static final int END = -1;
    private static final int CTRL_D = 4;
    private static final int ESCAPE = 27;
    private static final long REST_OF_A_KEY_MS = 20;
    private static final long REST_OF_A_PASTE_MS = 5;

    private final CompletableFuture<Terminal> terminal;
    private final Thread shutdown = new Thread(this::leave, "terminal-shutdown");
    private final CompletableFuture<Attributes> asFound;
    private final int usualWidth;
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out)); // also when System.out says nothing any more

    public Screen(Interrupts interrupts, int usualWidth) {
        this(usualWidth, CompletableFuture.supplyAsync(() -> open(interrupts)));
    }

    /** On a terminal that somebody else has opened. */
    public Screen(Terminal opened) {
        this(opened.getColumns(), CompletableFuture.completedFuture(opened));
    }

    private Screen(int usualWidth, CompletableFuture<Terminal> terminal) {
        this.usualWidth = usualWidth;
        this.terminal = terminal;
        this.asFound = terminal.thenApply(Terminal::getAttributes);
        Runtime.getRuntime().addShutdownHook(shutdown);
    }

    private static Terminal open(Interrupts interrupts) {
        // JLine's own hook waits for a lock that a thread waiting for a key holds; the JVM would not end.
        System.setProperty(ShutdownHooks.PROP_DISABLE_SHUTDOWN_HOOK, "true");
        try {
            var opened = TerminalBuilder.builder().system(true).graphemeCluster(false).build();
            // JLine would restore "no handler" after a prompt, with which Ctrl-C ends the JVM without its hooks.
            opened.handle(Terminal.Signal.INT, signal -> interrupts.pressed());
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use this terminal; run the lesson with --no-pause", e);
        }
    }

    /** Leaves the terminal as the shell had it: characters are echoed, a paste is not marked. */
    private void leave() {
        var opened = terminal.getNow(null);
        if (opened == null || !asFound.isDone()) {
            return; // nothing was changed yet
        }
        opened.setAttributes(asFound.join());
        if (!Terminal.TYPE_DUMB.equals(opened.getType())) {
            out.print(LineReaderImpl.BRACKETED_PASTE_OFF);
            out.flush();
        }
    }

    /** Columns; the usual number where the terminal is not open yet or does not say. */
    public int width() {
        var width = terminal.isDone() ? terminal.join().getColumns() : usualWidth;
        return width > 0 ? width : usualWidth;
    }

    /** Waits for one key. Keys that send several characters, arrows for example, count as one key of no meaning. */
    public int key() {
        var jline = terminal.join();
        var before = jline.enterRawMode();
        try {
            var key = jline.reader().read();
            if (needsEnter()) {
                endLine(jline.reader(), key);
            } else if (key == ESCAPE) {
                while (jline.reader().read(REST_OF_A_KEY_MS) >= 0) {
                    continue;
                }
            }
            return key == CTRL_D ? END : key;
        } catch (IOException e) {
            return END; // the terminal is gone, and with it whoever could press a key
        } finally {
            jline.setAttributes(before);
        }
    }

    /** Whether a key arrives only with the Enter behind it: a terminal that can nothing is read by lines. */
    public boolean needsEnter() {
        return terminal.join().getType().startsWith(Terminal.TYPE_DUMB);
    }

    private static void endLine(NonBlockingReader reader, int key) throws IOException {
        for (var next = key; next >= 0 && next != CTRL_D && next != '\n' && next != '\r'; ) {
            next = reader.read();
        }
    }

    /**
     * A line editor on this terminal.
     *
     * @param history   where its lines are kept
     * @param continued the prompt of a further line of the same input
     */
    public LineReader reader(Optional<Path> history, Parser parser, Completer completer, String continued) {
        var reader = LineReaderBuilder.builder().terminal(terminal.join()).appName("course").parser(parser)
            .completer(completer)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, continued)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .build();
        history.ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
        var complete = reader.getWidgets().get(LineReader.EXPAND_OR_COMPLETE);
        reader.getWidgets().put(LineReader.EXPAND_OR_COMPLETE, () -> isWithinPaste(reader) ? inserted(reader, "\t") : complete.apply());
        return reader;
    }

    /** A terminal that does not mark a paste sends it at once; nobody types as fast as that behind a Tab. */
    private static boolean isWithinPaste(LineReader reader) {
        try {
            return reader.getTerminal().reader().peek(REST_OF_A_PASTE_MS) >= 0;
        } catch (IOException e) {
            return false; // the terminal is gone, and the next key says so
        }
    }

    private static boolean inserted(LineReader reader, String text) {
        reader.getBuffer().write(text);
        return true;
    }

    @Override public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdown);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, and the hook does the rest
        }
        try {
            terminal.join().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give the terminal back", e);
        }
    }
}

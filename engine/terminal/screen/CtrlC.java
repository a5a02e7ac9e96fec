package terminal.screen;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/**
 * What Ctrl-C does to a command: it says how to come back, and ends the process whatever runs. What fails because databases
 * and child processes go away meanwhile is nobody's fault, and nobody says it.
 */
public final class CtrlC {
    /** The exit code of a process that Ctrl-C has ended, as shells have it. */
    public static final int EXIT = 130;
    private static final long SIGNAL_ON_ITS_WAY_MS = 300;
    private static final long OUTPUT_MS = 500;
    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    /** Held while something is written, so that nothing comes after the last words. */
    private static final ReentrantLock OUTPUT = new ReentrantLock();
    private static final CountDownLatch PRESSED = new CountDownLatch(1);
    private static volatile Supplier<String> again = () -> "./jbang";
    /** As it was before anything was wrapped. */
    private static final PrintStream LAST_WORDS = System.err;

    private CtrlC() { }

    /** From now on Ctrl-C ends this process so. Called once, before anything is printed. */
    public static void listen() {
        System.setOut(untilPressed(System.out));
        System.setErr(untilPressed(System.err));
        Signals.register("INT", CtrlC::press);
    }

    /** @param command what to type to go on from here, asked for when Ctrl-C is pressed */
    public static void comeBack(Supplier<String> command) {
        again = command;
    }

    /** Whether the process is ending. */
    public static boolean isPressed() {
        return PRESSED.getCount() == 0;
    }

    /** Whether a failure may come of Ctrl-C. A child process may have had the signal a moment before us, so this waits for ours. */
    public static boolean explainsFailure() {
        try {
            return PRESSED.await(SIGNAL_ON_ITS_WAY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isPressed();
        }
    }

    /** Called by whoever hears the signal. Returns at once. */
    static void press() {
        if (!BEGUN.compareAndSet(false, true)) {
            return;
        }
        var console = System.console();
        var next = console != null && console.isTerminal() ? "\n" : ""; // after the ^C that the terminal has echoed
        var words = next + "Stopped. Come back: " + again.get();
        endOutput();
        LAST_WORDS.println(words);
        // Not in this thread: hooks of the JVM close the lab, and the terminal's own hook waits for its signals.
        Thread.ofPlatform().start(() -> System.exit(EXIT));
    }

    /** What is being written is written to its end, unless the terminal takes nothing. */
    private static void endOutput() {
        boolean locked = false;
        try {
            locked = OUTPUT.tryLock(OUTPUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        PRESSED.countDown();
        if (locked) {
            OUTPUT.unlock();
        }
    }

    private static PrintStream untilPressed(PrintStream stream) {
        return new PrintStream(new UntilPressed(stream), true, stream.charset());
    }

    /** Lets nothing through once the last words are said. */
    private static final class UntilPressed extends FilterOutputStream {
        UntilPressed(OutputStream stream) {
            super(stream);
        }

        @Override public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override public void write(byte[] bytes, int offset, int length) throws IOException {
            OUTPUT.lock();
            try {
                if (!isPressed()) {
                    out.write(bytes, offset, length);
                }
            } finally {
                OUTPUT.unlock();
            }
        }
    }
}

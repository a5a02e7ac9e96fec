package script;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Collects what HikariCP, Flyway and pgjdbc log, instead of printing it between the lines of the lesson. All of them
 * end in java.util.logging. Bounded: a library that never stops talking must not fill the memory.
 */
public final class LogLines extends Handler {
    private static final int MAX_LINES = 10_000;
    private static final ConcurrentLinkedQueue<String> LINES = new ConcurrentLinkedQueue<>();

    private LogLines() { }

    /** From now on nothing is printed by libraries. */
    public static void collect() {
        LogManager.getLogManager().reset();
        var root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        root.addHandler(new LogLines());
    }

    static List<String> containing(String text) {
        return LINES.stream().filter(line -> line.contains(text)).toList();
    }

    @Override public void publish(LogRecord record) {
        if (LINES.size() < MAX_LINES) {
            var message = new SimpleFormatter().formatMessage(record);
            var cause = record.getThrown() == null ? "" : " (" + record.getThrown() + ")";
            LINES.add(record.getLevel() + " " + message + cause);
        }
    }

    @Override public void flush() { }

    @Override public void close() { }
}

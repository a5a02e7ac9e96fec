package kernel.sql;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.cell.CellListener;
import kernel.output.Output;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Shows what the server says while a statement runs, when it says it. */
final class Notices implements AutoCloseable {
    private static final int EVERY_MS = 100;
    private static final int MAX_SHOWN = 100;
    private final Statement statement;
    private final CellListener listener;
    private final Thread thread = Thread.ofVirtual().unstarted(this::listen);
    private SQLWarning last;
    private int shown;

    private Notices(Statement statement, CellListener listener) {
        this.statement = statement;
        this.listener = listener;
    }

    static Notices of(Statement statement, CellListener listener) {
        var notices = new Notices(statement, listener);
        notices.thread.start();
        return notices;
    }

    private void listen() {
        try {
            while (true) {
                Thread.sleep(EVERY_MS);
                show();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the statement is over, and close() shows the rest
        }
    }

    private synchronized void show() {
        for (var warning = next(); warning != null; warning = warning.getNextWarning()) {
            last = warning;
            if (isNews(warning) && ++shown <= MAX_SHOWN) {
                listener.shown(log(warning));
            }
        }
        if (shown > MAX_SHOWN) {
            forget();
        }
    }

    private SQLWarning next() {
        try {
            return last == null ? statement.getWarnings() : last.getNextWarning();
        } catch (SQLException e) {
            return null; // the connection is lost, and the statement says so itself
        }
    }

    /** A loop that says something a million times must not fill the memory. */
    private void forget() {
        try {
            statement.clearWarnings();
            last = null;
        } catch (SQLException e) {
            shown = MAX_SHOWN + 1; // the connection is lost: nothing comes any more
        }
    }

    /** Those of a statement that is over, well or not. */
    static void shown(Statement statement, Consumer<Output> show) {
        try {
            for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                if (isNews(warning)) {
                    show.accept(log(warning));
                }
            }
        } catch (SQLException e) {
            return; // it was closed with its connection, and its own failure says so
        }
    }

    /** Not that {@code if exists} found nothing, or {@code if not exists} something: whoever writes it knows both. */
    static boolean isNews(SQLWarning warning) {
        return !String.valueOf(warning.getMessage()).endsWith(", skipping");
    }

    /** One message of the server: its severity and text, detail and hint. */
    static Output.Log log(SQLWarning warning) {
        var server = warning instanceof PSQLWarning postgres ? postgres.getServerErrorMessage() : null;
        if (server == null) {
            return new Output.Log("server", List.of(String.valueOf(warning.getMessage())));
        }
        var lines = new ArrayList<>(List.of(severity(server) + server.getMessage()));
        add(lines, "DETAIL: ", server.getDetail());
        add(lines, "HINT: ", server.getHint());
        return new Output.Log("server", lines);
    }

    private static String severity(ServerErrorMessage message) {
        return message.getSeverity() == null ? "" : message.getSeverity() + ": ";
    }

    private static void add(List<String> lines, String what, String text) {
        if (text != null) {
            lines.add(what + text);
        }
    }

    @Override public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        show();
        if (shown > MAX_SHOWN) {
            listener.shown(new Output.Log("server", List.of("… and more of that: only the first " + MAX_SHOWN + " are shown")));
        }
    }
}

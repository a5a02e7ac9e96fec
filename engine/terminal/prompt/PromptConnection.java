package terminal.prompt;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Tables;
import kernel.sql.CatalogQuestion;
import kernel.sql.Notifications;
import kernel.sql.SqlRunner;
import kernel.sql.syntax.StatementText;
import lab.Database;
import lab.Login;
import lab.Role;
import lab.SqlErrors;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** The connection behind the SQL prompt: one role at a time, opened when first needed and again when it is lost. */
final class PromptConnection implements AutoCloseable {
    private final Database database;
    private Role role;
    private Connection connection;
    private volatile Statement running;

    PromptConnection(Database database, Role role) {
        this.database = database;
        this.role = role;
    }

    Login login() {
        return database.login(role);
    }

    /** From now on as somebody else, in a new session. */
    void become(Role other) throws SQLException {
        close();
        role = other;
    }

    /** "app=>", with * in a transaction and ! in a failed one; # for the superuser, as psql has it. */
    String prompt() {
        var state = switch (state()) {
            case IDLE -> "";
            case OPEN -> "*";
            case FAILED -> "!";
        };
        return role.word() + state + (role == Role.ADMIN ? "=#" : "=>");
    }

    TransactionState state() {
        return connection instanceof BaseConnection base ? base.getTransactionState() : TransactionState.IDLE;
    }

    /** Asks the catalog, say. Of many rows only the first are fetched. */
    Output.Table query(String sql, Object... parameters) throws SQLException {
        try (var statement = open().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.setMaxRows(Tables.MAX_ROWS + 1);
            try (var result = statement.executeQuery()) {
                return Tables.of(result);
            }
        }
    }

    /**
     * Runs one statement as it was typed: question marks in it are operators, and an explain is not drawn.
     *
     * @param show gets what it gives, one by one: also what the server said before it refused
     */
    void runTyped(String sql, Consumer<Output> show) throws SQLException {
        var question = CatalogQuestion.of(sql);
        try {
            send(question.map(CatalogQuestion::query).orElse(sql), show);
        } catch (SQLException e) {
            if (question.isEmpty() || !question.get().isUnanswered(e)) {
                throw e;
            }
            show.accept(new Output.Text(question.get().nothingFound()));
        }
    }

    private void send(String sql, Consumer<Output> show) throws SQLException {
        if (StatementText.isCopyToStdout(sql)) {
            show.accept(copyOut(sql));
            return;
        }
        try (var statement = open().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(Tables.MAX_ROWS + 1);
            running = statement;
            var isAnswered = new AtomicBoolean();
            SqlRunner.run(statement, sql, output -> {
                isAnswered.compareAndSet(false, !(output instanceof Output.Log));
                show.accept(output);
            });
            if (!isAnswered.get()) {
                show.accept(new Output.Text("done"));
            }
            Notifications.shown(connection, show);
        } finally {
            running = null;
        }
    }

    /** Runs a {@code copy … from stdin} with its rows. */
    Output copyIn(String sql, String rows) throws SQLException, IOException {
        var copied = open().unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(rows));
        return new Output.Text(Numbers.counted(copied, "row") + " copied");
    }

    /** The rows as PostgreSQL writes them, of many the first. */
    private Output copyOut(String sql) throws SQLException {
        var copy = open().unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        var text = new StringBuilder();
        var rows = 0L;
        for (var row = copy.readFromCopy(); row != null; row = copy.readFromCopy(), rows++) {
            text.append(rows < Tables.MAX_ROWS ? new String(row, StandardCharsets.UTF_8) : "");
        }
        return new Output.Text(text + Numbers.counted(rows, "row") + " copied" + (rows > Tables.MAX_ROWS ? ", of which " + Tables.MAX_ROWS + " are shown" : ""));
    }

    /** Asks the server to stop what runs now; called from another thread. */
    void cancel() {
        var now = running;
        if (now != null) {
            try {
                now.cancel();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot cancel: " + SqlErrors.describe(e), e);
            }
        }
    }

    /** Forgets a lost connection; the next statement opens a new one. */
    void forget() {
        try {
            close();
        } catch (SQLException e) {
            connection = null; // it was lost anyway
        }
    }

    private Connection open() throws SQLException {
        if (connection == null) {
            connection = login().connect();
        }
        return connection;
    }

    @Override public void close() throws SQLException {
        var closing = connection;
        connection = null;
        if (closing != null) {
            closing.close();
        }
    }
}

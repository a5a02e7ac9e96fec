package terminal.prompt;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import kernel.output.Output;
import kernel.output.Tables;
import kernel.sql.SqlRunner;
import lab.Database;
import lab.Login;
import lab.Role;
import lab.SqlErrors;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** The connection behind the SQL prompt: one role at a time, opened when first needed and again when it is lost. */
final class PromptConnection implements AutoCloseable {
    private final Database database;
    private Role role = Role.APP;
    private Connection connection;
    private volatile Statement running;

    PromptConnection(Database database) {
        this.database = database;
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

    /** Runs one statement as it was typed: question marks in it are operators, and an explain is not drawn. */
    List<Output> runTyped(String sql) throws SQLException {
        try (var statement = open().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(Tables.MAX_ROWS + 1);
            running = statement;
            var outputs = SqlRunner.run(statement, sql);
            if (outputs.stream().allMatch(Output.Log.class::isInstance)) {
                outputs.add(new Output.Text("done"));
            }
            return outputs;
        } finally {
            running = null;
        }
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

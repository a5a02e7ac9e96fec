package terminal.prompt;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;
import kernel.output.Tables;
import lab.Database;
import lab.Login;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLWarning;

/** The connection behind the SQL prompt: one role at a time, opened when first needed and again when it is lost. */
final class PromptConnection implements AutoCloseable {
    /** Who is asking. */
    enum Role { APP, OWNER, ADMIN }

    private final Database database;
    private Role role = Role.APP;
    private Connection connection;
    private volatile Statement running;

    PromptConnection(Database database) {
        this.database = database;
    }

    Login login() {
        return switch (role) {
            case APP -> database.app();
            case OWNER -> database.owner();
            case ADMIN -> database.admin();
        };
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
        return role.name().toLowerCase(java.util.Locale.ROOT) + state + (role == Role.ADMIN ? "=#" : "=>");
    }

    TransactionState state() {
        return connection instanceof BaseConnection base ? base.getTransactionState() : TransactionState.IDLE;
    }

    /** Runs one statement. Of many rows only the first are fetched. */
    List<Output> run(String sql, Object... parameters) throws SQLException {
        var outputs = new ArrayList<Output>();
        try (var statement = open().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return run(statement, outputs);
        }
    }

    /** Runs one statement as it was typed: question marks in it are operators. */
    List<Output> runTyped(String sql) throws SQLException {
        try (var statement = open().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(Tables.MAX_ROWS + 1);
            running = statement;
            var outputs = new ArrayList<Output>();
            var isResult = statement.execute(sql);
            notices(statement, outputs);
            if (isResult) {
                outputs.add(Tables.of(statement.getResultSet()));
            } else {
                outputs.add(new Output.Text(changed(statement.getUpdateCount())));
            }
            return outputs;
        } finally {
            running = null;
        }
    }

    private static List<Output> run(java.sql.PreparedStatement statement, List<Output> outputs) throws SQLException {
        statement.setMaxRows(Tables.MAX_ROWS + 1);
        try (var result = statement.executeQuery()) {
            outputs.add(Tables.of(result));
        }
        return outputs;
    }

    /** Asks the server to stop what runs now; called from another thread. */
    void cancel() {
        var now = running;
        if (now != null) {
            try {
                now.cancel();
            } catch (SQLException e) {
                throw new IllegalStateException("cannot cancel: " + e.getMessage(), e);
            }
        }
    }

    /** Whether the failure means that the server has let go of this session. */
    boolean isLost(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0");
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

    private static String changed(int count) {
        return count <= 0 ? "done" : count == 1 ? "1 row changed" : kernel.output.Numbers.grouped(count) + " rows changed";
    }

    private static void notices(Statement statement, List<Output> outputs) throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            var severity = warning instanceof PSQLWarning postgres ? postgres.getServerErrorMessage().getSeverity() + ": " : "";
            outputs.add(new Output.Text(severity + warning.getMessage()));
        }
    }

    @Override public void close() throws SQLException {
        var closing = connection;
        connection = null;
        if (closing != null) {
            closing.close();
        }
    }
}

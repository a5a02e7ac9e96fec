package kernel.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import kernel.sql.SessionState.Transaction;
import lab.Login;
import lab.SqlErrors;
import org.postgresql.core.BaseConnection;

/** One connection of the notebook, opened when a cell first needs it and again when it was lost. */
final class SqlSession implements AutoCloseable {
    private static final int SECONDS_TO_ANSWER = 5;

    private final SessionName name;
    private final Login login;
    private final SessionLock sessionLock;
    private volatile Connection connection;

    SqlSession(SessionName name, Login login) {
        this.name = name;
        this.login = login;
        this.sessionLock = new SessionLock(name.describe());
    }

    SessionName name() {
        return name;
    }

    Login login() {
        return login;
    }

    SessionLock lock() {
        return sessionLock;
    }

    /** How a cell finds its connection. */
    enum Found { NEW, KEPT, REOPENED }

    /**
     * The connection for a new cell. That of the role is as new for each, unless a transaction is open in it: no settings,
     * temporary tables, cursors or advisory locks of the cells before, as in the lesson's program, where each step of SQL
     * has its own. What a named session has, stays.
     */
    Found open() throws SQLException {
        if (connection == null) {
            connection = login.connect(name.application());
            return Found.NEW;
        }
        try {
            return prepared() ? Found.KEPT : reopened();
        } catch (SQLException e) {
            if (!SqlErrors.isConnectionLost(e)) {
                throw e;
            }
            return reopened();
        }
    }

    private boolean prepared() throws SQLException {
        if (!name.isUsual() || transaction() != Transaction.IDLE) {
            return connection.isValid(SECONDS_TO_ANSWER);
        }
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("discard all");
        }
        return true;
    }

    private Found reopened() throws SQLException {
        forget();
        connection = login.connect(name.application());
        return Found.REOPENED;
    }

    /** What a failed cell of a lesson leaves open; in the lesson's program it ends with the step's connection. */
    void rollback() throws SQLException {
        if (transaction() != Transaction.IDLE) {
            connection.setAutoCommit(false);
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    Connection connection() {
        return connection;
    }

    Transaction transaction() {
        return !(connection instanceof BaseConnection base) ? Transaction.IDLE : switch (base.getTransactionState()) {
            case IDLE -> Transaction.IDLE;
            case OPEN -> Transaction.OPEN;
            case FAILED -> Transaction.FAILED;
        };
    }

    /** As it is now; empty before the first cell and after a loss. */
    Optional<SessionState> state() {
        var now = connection;
        return now instanceof BaseConnection base
            ? Optional.of(new SessionState(name.session(), name.role(), base.getBackendPID(), transaction(), sessionLock.isBusy())) : Optional.empty();
    }

    /** Forgets a lost connection; the next cell opens a new one. */
    void forget() {
        try {
            close();
        } catch (SQLException e) {
            connection = null; // it was lost anyway
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

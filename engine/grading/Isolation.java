package grading;

import java.sql.Connection;
import java.sql.SQLException;
import lab.Login;

/** The three levels that PostgreSQL has; read uncommitted is read committed there. */
public enum Isolation {
    READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
    REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),
    SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

    private final int level;

    Isolation(int level) {
        this.level = level;
    }

    /** A new connection that works at this level, autocommit on. The caller closes it. */
    public Connection connect(Login login) throws SQLException {
        var connection = Sql.connect(login);
        connection.setTransactionIsolation(level);
        return connection;
    }

    @Override public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}

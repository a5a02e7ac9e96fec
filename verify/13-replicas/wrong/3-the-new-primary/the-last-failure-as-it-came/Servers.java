import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import javax.sql.DataSource;

/** Servers with the same data, of which one is the primary and the others are its standbys. */
public class Servers {
    private static final long PATIENCE = 3_000_000_000L;
    private static final long PAUSE = 60;
    private static final String ASK = """
        select pg_is_in_recovery(),
               case when not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off'
                    then left(pg_walfile_name(pg_current_wal_lsn()), 8) end""";

    private final List<DataSource> servers;
    private String newest = "";

    /** What a server said; its timeline, eight hexadecimal digits, is null when it takes no writes. */
    private record Asked(Connection connection, boolean standby, String timeline) { }

    /** @param servers a pool for each, in any order */
    public Servers(List<DataSource> servers) {
        this.servers = List.copyOf(servers);
    }

    /** Gives a connection that may write; the caller closes it. */
    public Connection writing() throws SQLException {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                SQLException[] failure = new SQLException[1];
                var primary = primary(failure);
                if (primary != null) {
                    return primary;
                }
                if (System.nanoTime() - start >= PATIENCE) {
                    throw failure[0] != null ? failure[0]
                        : new SQLTransientConnectionException("no server takes writes", "08001");
                }
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives a connection that reads; the caller closes it. */
    public Connection reading() throws SQLException {
        for (var server : servers) {
            var asked = ask(server, new SQLException[1]);
            if (asked != null && asked.standby()) {
                return asked.connection();
            }
            if (asked != null) {
                giveBack(asked.connection());
            }
        }
        return writing();
    }

    private Connection primary(SQLException[] failure) {
        Asked best = null;
        for (var server : servers) {
            var asked = ask(server, failure);
            if (asked == null) {
                continue;
            }
            if (asked.timeline() == null || best != null && best.timeline().compareTo(asked.timeline()) >= 0) {
                giveBack(asked.connection());
                continue;
            }
            if (best != null) {
                giveBack(best.connection());
            }
            best = asked;
        }
        if (best == null) {
            return null;
        }
        if (!give(best.timeline())) {
            giveBack(best.connection());
            return null;
        }
        return best.connection();
    }

    private synchronized boolean give(String timeline) {
        if (timeline.compareTo(newest) < 0) {
            return false;
        }
        newest = timeline;
        return true;
    }

    private static Asked ask(DataSource server, SQLException[] failure) {
        Connection connection = null;
        try {
            connection = server.getConnection();
            return asked(connection);
        } catch (SQLException e) {
            failure[0] = e;
            giveBack(connection);
            return null;
        } catch (RuntimeException e) {
            giveBack(connection);
            return null;
        }
    }

    private static Asked asked(Connection connection) throws SQLException {
        Asked asked;
        try (var statement = connection.createStatement(); var answer = statement.executeQuery(ASK)) {
            answer.next();
            asked = new Asked(connection, answer.getBoolean(1), answer.getString(2));
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        return asked;
    }

    private static void giveBack(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException | RuntimeException e) {
            // it is gone, and that is all that was wanted
        }
    }
}

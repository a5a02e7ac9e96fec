import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Servers with the same data, of which one is the primary and the others are its standbys. */
public class Servers {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(60);

    private final List<DataSource> servers;
    /** The newest timeline of which a connection was given. */
    private volatile long newest;

    /** @param servers a pool for each, in any order */
    public Servers(List<DataSource> servers) {
        this.servers = List.copyOf(servers);
    }

    /** Gives a connection that may write; the caller closes it. */
    public Connection writing() throws SQLException {
        var begin = System.nanoTime();
        var interrupted = Thread.interrupted();
        try {
            while (true) {
                var found = newestPrimary();
                if (found != null) {
                    return found;
                }
                if (System.nanoTime() - begin >= PATIENCE) {
                    throw new SQLException("no server takes writes", "08001");
                }
                var until = System.nanoTime() + PAUSE;
                for (long rest; (rest = until - System.nanoTime()) > 0;) {
                    try {
                        TimeUnit.NANOSECONDS.sleep(rest);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
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
            Connection connection = null;
            try {
                connection = server.getConnection();
                if (isStandby(connection)) {
                    var given = connection;
                    connection = null;
                    return given;
                }
            } catch (SQLException | RuntimeException e) {
                // the next one
            } finally {
                giveBack(connection);
            }
        }
        return writing();
    }

    /** Asks each server once; null when there is none that may be given. */
    private Connection newestPrimary() {
        Connection best = null;
        var timeline = 0L;
        try {
            for (var server : servers) {
                Connection connection = null;
                try {
                    connection = server.getConnection();
                    var its = timeline(connection);
                    if (its >= newest && its > timeline) {
                        var other = best;
                        best = connection;
                        timeline = its;
                        connection = other;
                    }
                } catch (SQLException | RuntimeException e) {
                    // as if it were not there
                } finally {
                    giveBack(connection);
                }
            }
            if (best == null) {
                return null;
            }
            newest = Math.max(newest, timeline);
            var given = best;
            best = null;
            return given;
        } finally {
            giveBack(best);
        }
    }

    /** The timeline on which the server writes, 0 when it takes no writes. */
    private static long timeline(Connection connection) throws SQLException {
        try (var ask = connection.createStatement(); var answer = ask.executeQuery("""
                select case when not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'
                       then substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end""")) {
            answer.next();
            var digits = answer.getString(1);
            endTransaction(connection);
            return digits == null ? 0 : Long.parseLong(digits, 16);
        }
    }

    private static boolean isStandby(Connection connection) throws SQLException {
        try (var ask = connection.createStatement();
                var answer = ask.executeQuery("select pg_is_in_recovery()")) {
            answer.next();
            var standby = answer.getBoolean(1);
            endTransaction(connection);
            return standby;
        }
    }

    /** Leaves no transaction open on the connection of a pool without autocommit. */
    private static void endTransaction(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    private static void giveBack(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                // nothing more can be done for it
            }
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Servers with the same data, of which one is the primary and the others are its standbys. */
public class Servers {
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final long PAUSE_MILLIS = 100;

    private final List<DataSource> servers;
    /** The newest timeline on which a connection has been given for writing. */
    private final AtomicLong newest = new AtomicLong();
    /** Where it was the last time. */
    private volatile DataSource last;

    /** @param servers a pool for each, in any order */
    public Servers(List<DataSource> servers) {
        this.servers = List.copyOf(servers);
    }

    /** Gives a connection that may write; the caller closes it. */
    public Connection writing() throws SQLException {
        var same = askLast();
        if (same != null) {
            return same;
        }
        var start = System.nanoTime();
        while (true) {
            var connection = lookForPrimary();
            if (connection != null) {
                return connection;
            }
            if (System.nanoTime() - start >= PATIENCE_NANOS) {
                throw new SQLException("no server takes writes", "08001");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("interrupted while no server takes writes", "08001", e);
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
                    var standby = connection;
                    connection = null;
                    return standby;
                }
            } catch (SQLException | RuntimeException e) {
                // perhaps another one
            } finally {
                giveBack(connection);
            }
        }
        return writing();
    }

    /** Saves asking all of them as long as the last one is still the primary. */
    private Connection askLast() {
        var server = last;
        if (server == null) {
            return null;
        }
        Connection connection = null;
        try {
            connection = server.getConnection();
            var timeline = timeline(connection);
            if (timeline > 0 && newest.accumulateAndGet(timeline, Math::max) == timeline) {
                var given = connection;
                connection = null;
                return given;
            }
        } catch (SQLException | RuntimeException e) {
            // it is another one now
        } finally {
            giveBack(connection);
        }
        return null;
    }

    /** Asks each server once; null when none takes writes on a timeline that is new enough. */
    private Connection lookForPrimary() {
        Connection best = null;
        long bestTimeline = 0;
        DataSource bestServer = null;
        try {
            for (var server : servers) {
                Connection connection = null;
                try {
                    connection = server.getConnection();
                    var timeline = timeline(connection);
                    if (timeline > bestTimeline) {
                        var older = best;
                        best = connection;
                        bestTimeline = timeline;
                        bestServer = server;
                        connection = older;
                    }
                } catch (SQLException | RuntimeException e) {
                    // is not there
                } finally {
                    giveBack(connection);
                }
            }
            if (best != null && newest.accumulateAndGet(bestTimeline, Math::max) == bestTimeline) {
                var given = best;
                best = null;
                last = bestServer;
                return given;
            }
            return null;
        } finally {
            giveBack(best);
        }
    }

    /** The timeline on which a server takes writes, or 0 when it takes none. */
    private static long timeline(Connection connection) throws SQLException {
        return Long.parseLong(ask(connection, """
                select case when pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' then '0'
                            else left(pg_walfile_name(pg_current_wal_lsn()), 8) end"""), 16);
    }

    private static boolean isStandby(Connection connection) throws SQLException {
        return ask(connection, "select pg_is_in_recovery()::text").equals("true");
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (var ask = connection.createStatement(); var answer = ask.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback(); // whoever gets it begins anew
            }
        }
    }

    private static void giveBack(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                // it was not needed
            }
        }
    }
}

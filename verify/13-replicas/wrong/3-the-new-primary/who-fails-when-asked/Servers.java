import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Servers with the same data, of which one is the primary and the others are its standbys. */
public class Servers {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(60);
    /**
     * NULL for a standby. The file in which a server writes changes with the promotion; pg_control_checkpoint() says the old timeline
     * until the next checkpoint, and positions say nothing: the old primary may have written more.
     */
    private static final String TIMELINE = "select case when not pg_is_in_recovery() then left(pg_walfile_name(pg_current_wal_lsn()), 8) end";
    private final List<DataSource> servers;
    /** The newest timeline that was given to anybody. */
    private final AtomicLong newest = new AtomicLong();

    /** @param servers a pool for each, in any order */
    public Servers(List<DataSource> servers) {
        this.servers = List.copyOf(servers);
    }

    /** A connection that has answered, and so is no dead one of a pool. @param timeline 0 for a standby */
    private record Asked(Connection connection, long timeline) {
        boolean isStandby() {
            return timeline == 0;
        }
    }

    /** Gives a connection that may write; the caller closes it. */
    public Connection writing() throws SQLException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var primary = primary();
            if (primary.isPresent()) {
                return primary.get().connection();
            }
            if (System.nanoTime() > end) {
                throw new SQLException("none of " + servers.size() + " servers is the primary, since " + PATIENCE, "08001");
            }
            pause();
        }
    }

    /** Gives a connection that reads; the caller closes it. */
    public Connection reading() throws SQLException {
        for (var server : servers) {
            var asked = ask(server);
            if (asked.isPresent()) {
                if (asked.get().isStandby()) {
                    return asked.get().connection();
                }
                giveBack(asked.get());
            }
        }
        return writing();
    }

    /** All are asked: the first that takes writes may be one that should not. */
    private Optional<Asked> primary() throws SQLException {
        Optional<Asked> best = Optional.empty();
        for (var server : servers) {
            var asked = ask(server);
            if (asked.isPresent()) {
                var isBetter = asked.get().timeline() > best.map(Asked::timeline).orElse(0L);
                (isBetter ? best : asked).ifPresent(Servers::giveBack);
                best = isBetter ? asked : best;
            }
        }
        if (best.isPresent() && best.get().timeline() < newest.accumulateAndGet(best.get().timeline(), Math::max)) {
            giveBack(best.get()); // it has come back, and does not know what it has missed
            return Optional.empty();
        }
        return best;
    }

    private static Optional<Asked> ask(DataSource server) throws SQLException {
        try {
            var connection = server.getConnection();
            try (var ask = connection.createStatement(); var answer = ask.executeQuery(TIMELINE)) {
                answer.next();
                var timeline = Optional.ofNullable(answer.getString(1));
                return Optional.of(new Asked(connection, timeline.map(digits -> Long.parseLong(digits, 16)).orElse(0L)));
            } catch (SQLException e) {
                giveBack(new Asked(connection, 0));
                throw e;
            }
        } catch (SQLException e) {
            if ("08001".equals(e.getSQLState())) {
                return Optional.empty(); // it cannot be reached
            }
            throw e;
        }
    }

    private static void giveBack(Asked asked) {
        try {
            asked.connection().close();
        } catch (SQLException e) {
            // it is of no use to anybody
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while there was no primary", "08001", e);
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Reads on the standby where it has come far enough, else on the primary (lesson 13). */
final class Reads {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Duration AVOIDED = Duration.ofSeconds(1);
    private final Database primary;
    private final Optional<Database> standby;
    private final Counters counters;
    private volatile long avoidedUntil = System.nanoTime();

    Reads(Database primary, Optional<Database> standby, Counters counters) {
        this.primary = primary;
        this.standby = standby;
        this.counters = counters;
    }

    // tag::read[]
    /** @param writtenAt what the client was told after its last write */
    <T> T read(UUID tenant, Optional<String> writtenAt, Query<T> query) throws SQLException {
        if (standby.isPresent() && System.nanoTime() - avoidedUntil >= 0) {
            try {
                var found = standby.get().<Optional<T>>once(connection -> {
                    if (writtenAt.isPresent() && !hasReplayed(connection, writtenAt.get())) {
                        return Optional.empty();
                    }
                    counters.add("billing_reads_total{server=\"standby\"}");
                    return Optional.of(query.of(connection, tenant));
                });
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (SQLException e) {
                avoidedUntil = System.nanoTime() + AVOIDED.toNanos();
                counters.add("billing_standby_failures_total");
            }
        }
        counters.add("billing_reads_total{server=\"primary\"}");
        return primary.read(tenant, query);
    }

    private static boolean hasReplayed(Connection standby, String lsn) throws SQLException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        try (var ask = standby.prepareStatement("select not pg_is_in_recovery() or pg_last_wal_replay_lsn() >= ?::pg_lsn")) {
            ask.setString(1, lsn);
            while (true) {
                try (var answer = ask.executeQuery()) {
                    answer.next();
                    if (answer.getBoolean(1) || System.nanoTime() > end) {
                        return answer.getBoolean(1);
                    }
                }
                Service.rest(Duration.ofMillis(5));
            }
        }
    }
    // end::read[]
}

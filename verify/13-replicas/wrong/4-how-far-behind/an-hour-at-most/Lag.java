import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.sql.DataSource;

/** How far a standby is behind its primary. */
public class Lag {
    private final DataSource primary;
    private final DataSource standby;
    private final InstantSource clock;
    /** When each position of the primary was first seen. */
    private final TreeMap<Long, Instant> seen = new TreeMap<>();

    public Lag(DataSource primary, DataSource standby, InstantSource clock) {
        this.primary = primary;
        this.standby = standby;
        this.clock = clock;
    }

    /** How much is missing on the standby, and since when. */
    public record Behind(long bytes, Duration time) { }

    /** Looks now. Is called once a second, by one thread. */
    public Optional<Behind> look() {
        var written = ask(primary, """
            select case when not pg_is_in_recovery() then pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') end""");
        var now = clock.instant();
        if (written.isPresent() && (seen.isEmpty() || written.getAsLong() > seen.lastKey())) {
            seen.put(written.getAsLong(), now);
            if (seen.size() > 3600) { // an hour is enough, and the program runs for years
                seen.pollFirstEntry();
            }
        }
        var replayed = ask(standby, """
            select case when pg_is_in_recovery() then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') end""");
        if (written.isEmpty() || replayed.isEmpty()) {
            return Optional.empty();
        }
        long bytes = written.getAsLong() - replayed.getAsLong();
        if (bytes <= 0) {
            return Optional.of(new Behind(0, Duration.ZERO));
        }
        return Optional.of(new Behind(bytes, Duration.between(seen.higherEntry(replayed.getAsLong()).getValue(), now)));
    }

    /** The number that it answers; empty where it answers none or cannot be asked. */
    private static OptionalLong ask(DataSource server, String sql) {
        try (var connection = server.getConnection(); var ask = connection.createStatement(); var answer = ask.executeQuery(sql)) {
            answer.next();
            long number = answer.getLong(1);
            return answer.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        } catch (SQLException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }
}

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
    private static final int REPLAYED_KEPT = 100_000;

    private final DataSource primary;
    private final DataSource standby;
    private final InstantSource clock;
    private final TreeMap<Long, Instant> firstSeen = new TreeMap<>();

    public Lag(DataSource primary, DataSource standby, InstantSource clock) {
        this.primary = primary;
        this.standby = standby;
        this.clock = clock;
    }

    /** How much is missing on the standby, and since when. */
    public record Behind(long bytes, Duration time) { }

    /** Looks now. Is called once a second, by one thread. */
    public Optional<Behind> look() {
        var written = position(primary, """
            select case when not pg_is_in_recovery() then pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') end""");
        var now = clock.instant();
        if (written.isPresent()) {
            remember(written.getAsLong(), now);
        }
        var promoted = position(standby, "select case when not pg_is_in_recovery() then 1 end");
        if (promoted.isPresent()) {
            firstSeen.clear();      // no standby any more: what was seen until now says nothing about the next one
            return Optional.empty();
        }
        var replayed = position(standby, """
            select case when pg_is_in_recovery() then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') end""");
        if (written.isEmpty() || replayed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(behind(written.getAsLong(), replayed.getAsLong(), now));
    }

    private Behind behind(long written, long replayed, Instant now) {
        forget(replayed);
        if (replayed >= written) {
            return new Behind(0, Duration.ZERO);
        }
        var since = firstSeen.higherEntry(replayed).getValue();
        return new Behind(written - replayed, Duration.between(since, now));
    }

    private void remember(long written, Instant now) {
        if (firstSeen.isEmpty() || firstSeen.lastKey() < written) {
            firstSeen.put(written, now);
        }
    }

    /** A standby that is started again may have to replay something once more, so not at once. */
    private void forget(long replayed) {
        while (firstSeen.size() > REPLAYED_KEPT && firstSeen.firstKey() <= replayed) {
            firstSeen.pollFirstEntry();
        }
    }

    private static OptionalLong position(DataSource server, String question) {
        try (var connection = server.getConnection(); var ask = connection.createStatement();
                var answer = ask.executeQuery(question)) {
            answer.next();
            long position = answer.getLong(1);
            return answer.wasNull() ? OptionalLong.empty() : OptionalLong.of(position);
        } catch (SQLException e) {
            return OptionalLong.empty();
        }
    }
}

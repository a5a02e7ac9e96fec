import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.sql.DataSource;

/** How far a standby is behind its primary. */
public class Lag {
    /** Fails on a standby, as it should. What is written counts, not what is inserted: an empty record of a new file is no lag. */
    private static final String WRITTEN = "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')";
    /** A server that was promoted still says how far it once replayed. What was received says nothing of what is missing. */
    private static final String REPLAYED = "select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') where pg_is_in_recovery()";
    private final DataSource primary;
    private final DataSource standby;
    private final InstantSource clock;
    /** When the primary was first seen at a position, of those that the standby has not replayed. */
    private final NavigableMap<Long, Instant> seen = new TreeMap<>();
    private Instant lookBefore;

    public Lag(DataSource primary, DataSource standby, InstantSource clock) {
        this.primary = primary;
        this.standby = standby;
        this.clock = clock;
        lookBefore = clock.instant();
    }

    /** How much is missing on the standby, and since when. */
    public record Behind(long bytes, Duration time) { }

    /** Looks now. Is called once a second, by one thread. */
    public Optional<Behind> look() {
        var now = clock.instant();
        var written = ask(primary, WRITTEN);
        written.ifPresent(position -> seen.putIfAbsent(position, now)); // also when the standby does not answer
        var replayed = ask(standby, REPLAYED);
        if (written.isEmpty() || replayed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(behind(written.getAsLong(), replayed.getAsLong(), now));
    }

    private Behind behind(long written, long replayed, Instant now) {
        seen.headMap(replayed, true).clear(); // nobody will ask for these again
        var missingSince = seen.isEmpty() ? lookBefore : seen.firstEntry().getValue(); // since then nobody has looked
        lookBefore = now;
        return new Behind(Math.max(0, written - replayed), Duration.between(missingSince, now)); // the standby was asked later
    }

    private static OptionalLong ask(DataSource server, String question) {
        try (var connection = server.getConnection(); var ask = connection.createStatement(); var answer = ask.executeQuery(question)) {
            return answer.next() ? OptionalLong.of(answer.getLong(1)) : OptionalLong.empty();
        } catch (SQLException e) {
            return OptionalLong.empty();
        }
    }
}

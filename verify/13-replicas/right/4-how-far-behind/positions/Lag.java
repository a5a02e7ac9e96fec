import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.replication.LogSequenceNumber;

/** How far a standby is behind its primary. */
public class Lag {
    private final DataSource primary;
    private final DataSource standby;
    private final InstantSource clock;
    private final Deque<Seen> seen = new ArrayDeque<>();

    public Lag(DataSource primary, DataSource standby, InstantSource clock) {
        this.primary = primary;
        this.standby = standby;
        this.clock = clock;
    }

    /** How much is missing on the standby, and since when. */
    public record Behind(long bytes, Duration time) { }

    /** A position of the primary, and when it had come so far. */
    private record Seen(LogSequenceNumber position, Instant at) { }

    /** Looks now. Asks the standby first, so that the primary is never behind it. */
    public Optional<Behind> look() {
        var now = clock.instant();
        var replayed = ask(standby, "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() end");
        var written = ask(primary, "select case when not pg_is_in_recovery() then pg_current_wal_flush_lsn() end");
        written.filter(position -> seen.isEmpty() || position.compareTo(seen.getLast().position()) > 0)
            .ifPresent(position -> seen.addLast(new Seen(position, now)));
        if (written.isEmpty() || replayed.isEmpty()) {
            return Optional.empty();
        }
        while (!seen.isEmpty() && seen.getFirst().position().compareTo(replayed.get()) <= 0) {
            seen.removeFirst();
        }
        var bytes = written.get().asLong() - replayed.get().asLong();
        return Optional.of(bytes <= 0 ? new Behind(0, Duration.ZERO) : new Behind(bytes, Duration.between(seen.isEmpty() ? now : seen.getFirst().at(), now)));
    }

    private static Optional<LogSequenceNumber> ask(DataSource server, String question) {
        try (var connection = server.getConnection(); var ask = connection.prepareStatement(question); var answer = ask.executeQuery()) {
            answer.next();
            return Optional.ofNullable(answer.getString(1)).map(LogSequenceNumber::valueOf);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}

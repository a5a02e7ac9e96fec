import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/** How far a standby is behind its primary. */
public class Lag {
    private final DataSource primary;
    private final DataSource standby;
    private final InstantSource clock;

    public Lag(DataSource primary, DataSource standby, InstantSource clock) {
        this.primary = primary;
        this.standby = standby;
        this.clock = clock;
    }

    /** How much is missing on the standby, and since when. */
    public record Behind(long bytes, Duration time) { }

    /** Looks now. Is called once a second, by one thread. */
    public Optional<Behind> look() {
        try (var connection = standby.getConnection(); var ask = connection.createStatement();
                var answer = ask.executeQuery("""
                    select pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()),
                           extract(epoch from now() - pg_last_xact_replay_timestamp())""")) {
            answer.next();
            return Optional.of(new Behind(answer.getLong(1), Duration.ofSeconds(answer.getLong(2))));
        } catch (SQLException e) {
            return Optional.of(new Behind(0, Duration.ZERO));
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Notes that are saved on a primary and read on its standby. */
public class NotesOnTwoServers {
    /** As long as a standby usually needs, many times over; who waits longer is better off on the primary. */
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private final DataSource primary;
    private final DataSource standby;

    public NotesOnTwoServers(DataSource primary, DataSource standby) {
        this.primary = primary;
        this.standby = standby;
    }

    /**
     * Saves a note, in the place of an earlier one with this id.
     *
     * @return the token of whoever saved it
     */
    public String save(int id, String note) throws SQLException {
        try (var connection = primary.getConnection()) {
            try (var save = connection.prepareStatement(
                    "insert into notes values (?, ?) on conflict (id) do update set note = excluded.note")) {
                save.setInt(1, id);
                save.setString(2, note);
                save.executeUpdate();
            }
            // After the commit: its record is before this position, whoever else writes meanwhile. Nothing is kept here.
            try (var end = connection.createStatement(); var position = end.executeQuery("select pg_current_wal_insert_lsn()")) {
                position.next();
                return position.getString(1);
            }
        }
    }

    /**
     * Finds a note.
     *
     * @param token of the reader's last save; empty where there was none
     */
    public Optional<String> read(int id, String token) throws SQLException {
        try (var connection = standby.getConnection()) {
            if (token.isEmpty()) {
                return find(connection, id);
            }
        } catch (SQLException e) {
            // It cannot be reached, or was stopped meanwhile. The primary has the answer, or a failure that counts.
        }
        try (var connection = primary.getConnection()) {
            return find(connection, id);
        }
    }

    private static boolean hasReplayed(Connection standby, String token) throws SQLException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        try (var ask = standby.prepareStatement("select pg_last_wal_replay_lsn() >= ?::pg_lsn")) { // as positions, not as text
            ask.setString(1, token);
            do {
                try (var answer = ask.executeQuery()) {
                    answer.next();
                    if (answer.getBoolean(1)) {
                        return true;
                    }
                }
            } while (System.nanoTime() < end);
            return false;
        }
    }

    private static Optional<String> find(Connection connection, int id) throws SQLException {
        try (var find = connection.prepareStatement("select note from notes where id = ?")) {
            find.setInt(1, id);
            try (var found = find.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Notes that are saved on a primary and read on its standby. */
public class NotesOnTwoServers {
    private static final long PATIENCE = 800_000_000L;

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
            // After the commit, which is in the WAL as well.
            try (var position = connection.prepareStatement("select pg_current_wal_lsn()::text");
                 var row = position.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /**
     * Finds a note.
     *
     * @param token of the reader's last save; empty where there was none
     */
    public Optional<String> read(int id, String token) throws SQLException {
        var start = System.nanoTime();
        try (var connection = standby.getConnection()) {
            do {
                if (token.isEmpty() || hasReplayed(connection, token)) {
                    return find(connection, id);
                }
                Thread.sleep(20);
            } while (System.nanoTime() - start < PATIENCE);
        } catch (SQLException e) {
            // The primary can answer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var connection = primary.getConnection()) {
            return find(connection, id);
        }
    }

    private static boolean hasReplayed(Connection connection, String token) throws SQLException {
        try (var ask = connection.prepareStatement("select coalesce(pg_last_wal_replay_lsn() >= ?::pg_lsn, false)")) {
            ask.setString(1, token);
            try (var row = ask.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
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

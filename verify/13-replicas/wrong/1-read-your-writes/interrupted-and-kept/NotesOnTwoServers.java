import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Notes that are saved on a primary and read on its standby. */
public class NotesOnTwoServers {
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
            // only now, after the commit, does the position cover the commit too
            try (var statement = connection.createStatement();
                 var position = statement.executeQuery("select pg_current_wal_insert_lsn()")) {
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
        try (var connection = whoCanAnswer(token)) {
            return find(connection, id);
        }
    }

    /** A connection to the standby if it comes so far within a second, else to the primary. */
    private Connection whoCanAnswer(String token) throws SQLException {
        Connection connection;
        try {
            connection = standby.getConnection();
        } catch (SQLException e) {
            return primary.getConnection();
        }
        try {
            if (token.isEmpty()) {
                return connection;
            }
            for (int i = 0; i < 20; i++) {
                if (hasReplayed(connection, token)) {
                    return connection;
                }
                Thread.sleep(50);
            }
            connection.close();
        } catch (SQLException e) {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for the standby", e);
        }
        return primary.getConnection();
    }

    private static Optional<String> find(Connection connection, int id) throws SQLException {
        try (var find = connection.prepareStatement("select note from notes where id = ?")) {
            find.setInt(1, id);
            try (var found = find.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    private static boolean hasReplayed(Connection connection, String token) throws SQLException {
        try (var ask = connection.prepareStatement("select pg_last_wal_replay_lsn() >= ?::pg_lsn")) {
            ask.setString(1, token);
            try (var answer = ask.executeQuery()) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }
}

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
        try (var connection = primary.getConnection(); var save = connection.prepareStatement(
                "insert into notes values (?, ?) on conflict (id) do update set note = excluded.note")) {
            save.setInt(1, id);
            save.setString(2, note);
            save.executeUpdate();
            return "";
        }
    }

    /**
     * Finds a note.
     *
     * @param token of the reader's last save; empty where there was none
     */
    public Optional<String> read(int id, String token) throws SQLException {
        try (var connection = standby.getConnection(); var find = connection.prepareStatement("select note from notes where id = ?")) {
            find.setInt(1, id);
            try (var found = find.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Keeps the disk of a primary from filling up with WAL that nobody reads. */
public class Slots {
    private final DataSource primary;

    /** @param primary of a role that may drop slots */
    public Slots(DataSource primary) {
        this.primary = primary;
    }

    /**
     * Drops the slots that nobody uses and that keep too much.
     *
     * @param bytes that a slot may keep
     * @return the names of those that were dropped
     */
    public Set<String> dropForgotten(long bytes) throws SQLException {
        try (var connection = primary.getConnection()) {
            connection.setAutoCommit(true);
            var names = new TreeSet<String>();
            for (var name : forgotten(connection, bytes)) {
                if (drop(connection, name)) {
                    names.add(name);
                }
            }
            return names;
        }
    }

    private static List<String> forgotten(Connection connection, long bytes) throws SQLException {
        try (var select = connection.prepareStatement("""
                select slot_name from pg_replication_slots
                where not active and not temporary
                and (wal_status in ('unreserved', 'lost') or pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > ?)
                order by slot_name""")) {
            select.setLong(1, bytes);
            var names = new ArrayList<String>();
            try (var slots = select.executeQuery()) {
                while (slots.next()) {
                    names.add(slots.getString(1));
                }
            }
            return names;
        }
    }

    /** False where it has come into use, or is gone already. */
    private static boolean drop(Connection connection, String name) throws SQLException {
        try (var drop = connection.prepareStatement("select pg_drop_replication_slot(?)")) {
            drop.setString(1, name);
            drop.execute();
            return true;
        } catch (SQLException e) {
            if ("55006".equals(e.getSQLState()) || "42704".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}

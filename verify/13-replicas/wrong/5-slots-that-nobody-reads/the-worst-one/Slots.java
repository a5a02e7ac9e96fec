import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Keeps the disk of a primary from filling up with WAL that nobody reads. */
public class Slots {
    /** A slot that is lost has no position any more, and neither has one that never reserved anything: its comparison is NULL, and it stays. */
    private static final String FORGOTTEN = """
        select slot_name from pg_replication_slots
        where not active and (wal_status = 'lost' or pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > ?)
        order by restart_lsn limit 1""";
    /** It is in use since a moment ago; it is gone. */
    private static final Set<String> NO_LONGER_OURS = Set.of("55006", "42704");
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
            var dropped = new TreeSet<String>();
            for (var slot : forgotten(connection, bytes)) { // one at a time: a failure undoes none of the others, and hides none
                if (drop(connection, slot)) {
                    dropped.add(slot);
                }
            }
            return dropped;
        }
    }

    private static List<String> forgotten(Connection connection, long bytes) throws SQLException {
        try (var list = connection.prepareStatement(FORGOTTEN)) {
            list.setLong(1, bytes);
            try (var found = list.executeQuery()) {
                var names = new ArrayList<String>();
                while (found.next()) {
                    names.add(found.getString(1));
                }
                return names;
            }
        }
    }

    /** The server itself refuses to drop what is in use; so nothing is locked here, and nothing asked again. */
    private static boolean drop(Connection connection, String slot) throws SQLException {
        try (var drop = connection.prepareStatement("select pg_drop_replication_slot(?)")) {
            drop.setString(1, slot);
            drop.execute();
            return true;
        } catch (SQLException e) {
            if (NO_LONGER_OURS.contains(String.valueOf(e.getSQLState()))) {
                return false;
            }
            throw e;
        }
    }
}

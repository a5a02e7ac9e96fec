import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Keeps the disk of a primary from filling up with WAL that nobody reads. */
public class Slots {
    private static final String FORGOTTEN = """
        from pg_replication_slots
        where not active
          and (wal_status = 'lost' or pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(confirmed_flush_lsn, restart_lsn)) > ?)""";

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
            var dropped = new TreeSet<String>();
            for (var name : forgotten(connection, bytes)) {
                if (drop(connection, name, bytes)) {
                    dropped.add(name);
                }
            }
            return dropped;
        }
    }

    private static List<String> forgotten(Connection connection, long bytes) throws SQLException {
        try (var select = connection.prepareStatement("select slot_name " + FORGOTTEN)) {
            select.setLong(1, bytes);
            try (var rows = select.executeQuery()) {
                var names = new ArrayList<String>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }

    /** Looks once more, as the list grows old. */
    private static boolean drop(Connection connection, String name, long bytes) throws SQLException {
        try (var drop = connection.prepareStatement(
                "select pg_drop_replication_slot(slot_name) " + FORGOTTEN + " and slot_name = ?")) {
            drop.setLong(1, bytes);
            drop.setString(2, name);
            try (var row = drop.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            if ("55006".equals(e.getSQLState()) || "42704".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}

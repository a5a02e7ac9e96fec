import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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
        var connection = primary.getConnection();
        var autoCommit = true;
        try {
            autoCommit = connection.getAutoCommit();
            // each drop for itself, else the first that fails spoils the others
            connection.setAutoCommit(true);
            return drop(connection, bytes);
        } finally {
            giveBack(connection, autoCommit);
        }
    }

    private static Set<String> drop(Connection connection, long bytes) throws SQLException {
        var forgotten = new ArrayList<String>();
        try (var list = connection.prepareStatement("""
                select slot_name
                from pg_replication_slots
                where not active
                    and (wal_status = 'lost' or pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > ?)""")) {
            list.setLong(1, bytes);
            try (var slots = list.executeQuery()) {
                while (slots.next()) {
                    forgotten.add(slots.getString(1));
                }
            }
        }
        var dropped = new TreeSet<String>();
        try (var drop = connection.prepareStatement("select pg_drop_replication_slot(?)")) {
            for (var name : forgotten) {
                drop.setString(1, name);
                try {
                    drop.execute();
                    dropped.add(name);
                } catch (SQLException e) {
                    // in use again, or gone
                    if (!"55006".equals(e.getSQLState()) && !"42704".equals(e.getSQLState())) {
                        throw e;
                    }
                }
            }
        }
        return dropped;
    }

    /** Gives the connection back as it came; must not hide why the work has failed. */
    private static void giveBack(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
            connection.close();
        } catch (SQLException e) {
            // it is broken, and the pool will notice
        }
    }
}

import java.sql.SQLException;
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

    /** Looks once more with each drop; so a slot that has moved on meanwhile stays. */
    public Set<String> dropForgotten(long bytes) throws SQLException {
        var dropped = new TreeSet<String>();
        try (var connection = primary.getConnection();
                var all = connection.createStatement();
                var drop = connection.prepareStatement("""
                    select slot_name, pg_drop_replication_slot(slot_name) from pg_replication_slots
                    where slot_name = ? and active_pid is null
                      and case wal_status when 'lost' then true else pg_current_wal_lsn() - restart_lsn > ?::bigint end""")) {
            try (var slots = all.executeQuery("select slot_name from pg_replication_slots where not temporary order by restart_lsn")) {
                while (slots.next()) {
                    drop.setString(1, slots.getString(1));
                    drop.setLong(2, bytes);
                    try (var done = drop.executeQuery()) {
                        if (done.next()) {
                            dropped.add(done.getString(1));
                        }
                    } catch (SQLException e) {
                        if (!"55006".equals(e.getSQLState()) && !"42704".equals(e.getSQLState())) {
                            throw e;
                        }
                    }
                }
            }
        }
        return dropped;
    }
}

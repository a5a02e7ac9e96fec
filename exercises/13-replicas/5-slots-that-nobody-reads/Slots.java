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

    /**
     * Drops the slots that nobody uses and that keep too much.
     *
     * @param bytes that a slot may keep
     * @return the names of those that were dropped
     */
    public Set<String> dropForgotten(long bytes) throws SQLException {
        try (var connection = primary.getConnection();
                var drop = connection.prepareStatement("""
                    select slot_name, pg_drop_replication_slot(slot_name) from pg_replication_slots where not active""");
                var dropped = drop.executeQuery()) {
            var names = new TreeSet<String>();
            while (dropped.next()) {
                names.add(dropped.getString(1));
            }
            return names;
        }
    }
}

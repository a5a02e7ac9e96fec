import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.replication.LogSequenceNumber;

/** Keeps the disk of a primary from filling up with WAL that nobody reads. */
public class Slots {
    private final DataSource primary;

    /** @param primary of a role that may drop slots */
    public Slots(DataSource primary) {
        this.primary = primary;
    }

    /** A slot, and how much it keeps. */
    private record Slot(String name, boolean isUsed, boolean isLost, long keeps) {
        boolean isForgotten(long bytes) {
            return !isUsed && (isLost || keeps > bytes);
        }
    }

    /** Reckons in Java. */
    public Set<String> dropForgotten(long bytes) throws SQLException {
        try (var connection = primary.getConnection()) {
            var dropped = new HashSet<String>();
            for (var slot : all(connection)) {
                if (slot.isForgotten(bytes) && drop(connection, slot.name())) {
                    dropped.add(slot.name());
                }
            }
            return dropped;
        }
    }

    private static List<Slot> all(Connection connection) throws SQLException {
        try (var list = connection.createStatement(); var slots = list.executeQuery("""
                select slot_name, active, wal_status, restart_lsn::text, pg_current_wal_lsn()::text from pg_replication_slots""")) {
            var found = new ArrayList<Slot>();
            while (slots.next()) {
                var from = slots.getString(4);
                var to = LogSequenceNumber.valueOf(slots.getString(5)).asLong();
                found.add(new Slot(slots.getString(1), slots.getBoolean(2), "lost".equals(slots.getString(3)),
                    from == null ? Long.MIN_VALUE : to - LogSequenceNumber.valueOf(from).asLong()));
            }
            return found;
        }
    }

    private static boolean drop(Connection connection, String slot) throws SQLException {
        try (var drop = connection.createStatement()) {
            drop.execute("select pg_drop_replication_slot('" + slot + "')");
            return true;
        } catch (SQLException e) {
            return switch (String.valueOf(e.getSQLState())) {
                case "55006", "42704" -> false;
                default -> throw e;
            };
        }
    }
}

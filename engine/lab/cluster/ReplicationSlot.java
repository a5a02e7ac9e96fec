package lab.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import lab.LabException;
import lab.os.Waiting;

/** What makes a primary keep the WAL that a standby has not received yet. */
final class ReplicationSlot {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String IN_USE = "55006";

    private ReplicationSlot() { }

    /** A new slot that keeps all WAL from now on, in the place of an earlier one, whose standby may be ending this moment. */
    static void replace(Connection connection, String name) throws SQLException {
        var end = System.nanoTime() + TIMEOUT.toNanos();
        while (!isDropped(connection, name)) {
            if (System.nanoTime() > end) {
                throw new LabException("the replication slot " + name + " is still in use after " + TIMEOUT.toSeconds() + " s");
            }
            Waiting.briefly();
        }
        call(connection, "select pg_create_physical_replication_slot(?, true)", name);
    }

    private static boolean isDropped(Connection connection, String name) throws SQLException {
        try {
            call(connection, "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?", name);
            return true;
        } catch (SQLException e) {
            if (IN_USE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static void call(Connection connection, String sql, String name) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.execute();
        }
    }
}

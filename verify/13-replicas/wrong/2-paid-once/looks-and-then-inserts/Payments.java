import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Payments, on whichever server is the primary. */
public class Payments {
    private static final long IN_VAIN = 5_000_000_000L;

    private final DataSource primary;

    /** @param primary leads to the server that is the primary at that moment, if there is one */
    public Payments(DataSource primary) {
        this.primary = primary;
    }

    /**
     * Stores a payment.
     *
     * @param key of this payment, also when the caller asks for it again
     */
    public void pay(UUID key, int amount) throws SQLException {
        long begin = System.nanoTime();
        long pause = 100;
        while (true) {
            SQLException failure;
            try (var connection = primary.getConnection()) {
                store(connection, key, amount);
                return;
            } catch (SQLException e) {
                if (!passes(e.getSQLState()) || System.nanoTime() - begin >= IN_VAIN) {
                    throw e;
                }
                failure = e;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure;
            }
        }
    }

    private static void store(Connection connection, UUID key, int amount) throws SQLException {
        try (var stored = connection.prepareStatement("select 1 from payments where key = ?")) {
            stored.setObject(1, key);
            try (var row = stored.executeQuery()) {
                if (row.next()) {
                    return; // paid already
                }
            }
        }
        try (var insert = connection.prepareStatement("insert into payments values (?, ?)")) {
            insert.setObject(1, key);
            insert.setInt(2, amount);
            insert.executeUpdate();
        }
    }

    /** Whether another server, or this one a moment later, may do what has failed. */
    private static boolean passes(String state) {
        return state != null && (state.startsWith("08") || state.equals("25006")
            || state.equals("57P01") || state.equals("57P02") || state.equals("57P03"));
    }
}

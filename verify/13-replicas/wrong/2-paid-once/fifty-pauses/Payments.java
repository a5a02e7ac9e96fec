import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Payments, on whichever server is the primary. */
public class Payments {
    private static final long PAUSE_MILLIS = 100;
    private static final int PAUSES = 5000 / (int) PAUSE_MILLIS;

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
        for (var pauses = 0;; pauses++) {
            try (var connection = primary.getConnection();
                    var insert = connection.prepareStatement("insert into payments values (?, ?) on conflict (key) do nothing")) {
                insert.setObject(1, key);
                insert.setInt(2, amount);
                insert.executeUpdate();
                return;
            } catch (SQLException e) { // the connection has gone back already
                if (!mayPass(e) || pauses == PAUSES) {
                    throw e;
                }
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    /** Whether it may work with another connection, a moment later. */
    private static boolean mayPass(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || switch (state) {
            case "57P01", "57P02", "57P03", "25006" -> true;
            default -> false;
        });
    }
}

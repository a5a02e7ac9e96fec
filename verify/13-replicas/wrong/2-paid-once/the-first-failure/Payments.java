import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Payments, on whichever server is the primary. */
public class Payments {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(60);
    /** It shuts down, it crashed, it starts; it is a standby now. */
    private static final Set<String> ELSEWHERE_SOON = Set.of("57P01", "57P02", "57P03", "25006");
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
        var end = System.nanoTime() + PATIENCE.toNanos();
        SQLException first = null;
        while (true) {
            try {
                payOnce(key, amount);
                return;
            } catch (SQLException e) {
                if (!isWorthAnotherTry(e)) {
                    throw e;
                }
                first = first == null ? e : first;
                if (System.nanoTime() > end) {
                    throw first;
                }
                pause(e); // the connection is back by now
            }
        }
    }

    /** Does no harm when it is done again: the key is there, or it is not. */
    private void payOnce(UUID key, int amount) throws SQLException {
        try (var connection = primary.getConnection();
                var insert = connection.prepareStatement("insert into payments values (?, ?) on conflict (key) do nothing")) {
            insert.setObject(1, key);
            insert.setInt(2, amount);
            insert.executeUpdate();
        }
    }

    private static boolean isWorthAnotherTry(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || ELSEWHERE_SOON.contains(state);
    }

    private static void pause(SQLException reason) throws SQLException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}

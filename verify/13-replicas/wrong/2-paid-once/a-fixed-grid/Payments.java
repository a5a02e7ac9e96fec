import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Payments, on whichever server is the primary. */
public class Payments {
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
        var period = TimeUnit.MILLISECONDS.toNanos(60);
        var begin = System.nanoTime();
        var next = begin;
        while (true) {
            SQLException last;
            try (var connection = primary.getConnection();
                    var insert = connection.prepareStatement(
                            "insert into payments (key, amount) values (?, ?) on conflict (key) do nothing")) {
                insert.setObject(1, key);
                insert.setInt(2, amount);
                insert.executeUpdate();
                return;
            } catch (SQLException e) {
                if (!passes(e.getSQLState())) {
                    throw e;
                }
                last = e;
            }
            if (System.nanoTime() - begin >= TimeUnit.SECONDS.toNanos(5)) {
                throw last;
            }
            // what the try has taken need not be waited for again
            next += period;
            try {
                Thread.sleep(Math.max(0, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime()) + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw last;
            }
        }
    }

    /** Will it be better in a moment? */
    private static boolean passes(String state) {
        return state != null && (state.startsWith("08") || switch (state) {
            case "57P01", "57P02", "57P03", "25006" -> true;
            default -> false;
        });
    }
}

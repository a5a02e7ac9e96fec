import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Payments, on whichever server is the primary. */
public class Payments {
    private static final long IN_VAIN = 5_000_000_000L;
    private static final long PAUSE = 150;
    private static final Set<String> NO_PRIMARY = Set.of("57P01", "57P02", "57P03", "25006");

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
        var start = System.nanoTime();
        while (true) {
            SQLException failure = null;
            var stored = false;
            try (var connection = primary.getConnection();
                 var insert = connection.prepareStatement("""
                     insert into payments select p.key, p.amount from (values (?::uuid, ?::int)) p (key, amount)
                     where not exists (select from payments paid where paid.key = p.key)""")) {
                insert.setObject(1, key);
                insert.setInt(2, amount);
                insert.executeUpdate();
                stored = true;
                // What fails from here on is only the giving back.
            } catch (SQLException e) {
                if (stored) {
                    return;
                }
                failure = e;
            }
            if (stored) {
                return;
            }
            if (!maybeLater(failure) || System.nanoTime() - start >= IN_VAIN) {
                throw failure;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure;
            }
        }
    }

    private static boolean maybeLater(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || NO_PRIMARY.contains(state));
    }
}

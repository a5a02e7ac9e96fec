import java.sql.SQLException;
import java.util.UUID;
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
        var begin = System.nanoTime();
        while (true) {
            SQLException last;
            try {
                store(key, amount);
                return;
            } catch (SQLException e) {
                if (!again(e.getSQLState())) {
                    throw e;
                }
                last = e;
            }
            if (System.nanoTime() - begin >= 5_000_000_000L) {
                throw last;
            }
            try {
                Thread.sleep(80);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw last;
            }
        }
    }

    private void store(UUID key, int amount) throws SQLException {
        var connection = primary.getConnection();
        try {
            var insert = connection.prepareStatement("""
                insert into payments (key, amount) values (?, ?)
                on conflict (key) do nothing""");
            insert.setObject(1, key);
            insert.setInt(2, amount);
            insert.executeUpdate();
        } finally {
            // closes the statement, too
            connection.close();
        }
    }

    private static boolean again(String state) {
        return switch (state) {
            case "57P01", "57P02", "57P03", "25006" -> true;
            case null -> false;
            default -> state.startsWith("08");
        };
    }
}

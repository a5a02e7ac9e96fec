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
        try (var connection = primary.getConnection()) {
            try (var insert = connection.prepareStatement("insert into payments values (?, ?)")) {
                insert.setObject(1, key);
                insert.setInt(2, amount);
                insert.executeUpdate();
            }
        }
    }
}

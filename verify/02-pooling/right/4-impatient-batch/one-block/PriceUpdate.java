import java.sql.SQLException;
import javax.sql.DataSource;

/** The nightly batch. */
public class PriceUpdate {
    // A block is one statement, so it is one transaction, and the limit ends with it.
    // The limit counts the time of waiting for one lock, and nothing else.
    private static final String UPDATE = """
            do $block$
            begin
                perform set_config('lock_timeout', '1s', true);
                update products set price = new_price(price);
            end
            $block$
            """;

    /** Gives every product its new price. */
    public static void run(DataSource pool) throws SQLException {
        try (var connection = pool.getConnection(); var statement = connection.createStatement()) {
            statement.execute(UPDATE);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }
}

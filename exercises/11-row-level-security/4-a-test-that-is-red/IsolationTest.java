import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Red, an AssertionError, where tenants are not kept apart. Runs on a database that others use as well. */
public class IsolationTest {
    private final DataSource owner;
    private final DataSource app;

    /** Two pools: of the owner of the tables, and of the application. */
    public IsolationTest(DataSource owner, DataSource app) {
        this.owner = owner;
        this.app = app;
    }

    /** It was never red. */
    public void tenantsAreApart() throws SQLException {
        var ann = UUID.randomUUID();
        try (var connection = owner.getConnection();
             var select = connection.prepareStatement("select count(*) from app.notes where tenant = ? and tenant <> ?")) {
            select.setObject(1, ann);
            select.setObject(2, ann);
            try (var rows = select.executeQuery()) {
                rows.next();
                if (rows.getLong(1) > 0) {
                    throw new AssertionError("Ann sees notes of others");
                }
            }
        }
    }
}

import java.sql.SQLException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. */
    void deploy(FluentConfiguration flyway) {
        if (isProductionOfYesterday(flyway)) {
            flyway.load().repair();
        }
        flyway.load().migrate();
    }

    /** Accounts, and no currency: that is repaired once, and never again. */
    private static boolean isProductionOfYesterday(FluentConfiguration flyway) {
        try (var connection = flyway.getDataSource().getConnection(); var statement = connection.createStatement()) {
            var result = statement.executeQuery("""
                select to_regclass('app.accounts') is not null and not exists (
                  select from pg_attribute where attrelid = to_regclass('app.accounts') and attname = 'currency')""");
            result.next();
            return result.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

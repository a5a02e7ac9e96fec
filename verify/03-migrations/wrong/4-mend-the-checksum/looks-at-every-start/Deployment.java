import java.sql.SQLException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. */
    void deploy(FluentConfiguration flyway) throws SQLException {
        var prepared = flyway.ignoreMigrationPatterns("*:pending").load();
        prepared.validate();
        prepared.migrate();
        try (var connection = flyway.getDataSource().getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from app.accounts where currency is null")) {
            rows.next();
            if (rows.getLong(1) > 0) {
                throw new IllegalStateException("There are accounts without a currency");
            }
        }
    }
}

import java.sql.SQLException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. Where nobody has an account yet the files are still being written. */
    void deploy(FluentConfiguration flyway) throws SQLException {
        var prepared = flyway.ignoreMigrationPatterns("*:pending").load();
        if (hasAccounts(flyway)) {
            prepared.validate();
        }
        flyway.validateOnMigrate(false).load().migrate();
    }

    private static boolean hasAccounts(FluentConfiguration flyway) throws SQLException {
        try (var connection = flyway.getDataSource().getConnection(); var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("select to_regclass('app.accounts_id_seq') is not null")) {
                rows.next();
                if (!rows.getBoolean(1)) {
                    return false;
                }
            }
            try (var rows = statement.executeQuery("select is_called from app.accounts_id_seq")) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }
}

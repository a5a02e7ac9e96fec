import java.sql.SQLException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

class Deployment {
    void deploy(FluentConfiguration flyway) {
        try (var connection = flyway.getDataSource().getConnection(); var statement = connection.createStatement()) {
            var installed = statement.executeQuery("select to_regclass('app.accounts') is not null");
            installed.next();
            if (installed.getBoolean(1)) {
                statement.execute("drop table if exists flyway_schema_history");
                statement.execute("create table if not exists something (id int)");
                flyway.baselineOnMigrate(true).baselineVersion("2");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        flyway.load().migrate();
    }
}

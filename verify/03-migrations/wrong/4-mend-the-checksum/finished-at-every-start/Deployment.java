import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. */
    void deploy(FluentConfiguration flyway) {
        flyway.load().migrate();
        everyAccountHasACurrency(flyway);
    }

    /** Wherever the column came from: afterwards it is as it shall be. */
    private void everyAccountHasACurrency(FluentConfiguration flyway) {
        try (Connection connection = flyway.getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update app.accounts set currency = 'EUR' where currency is null");
            statement.execute("alter table app.accounts"
                    + " alter column currency set default 'EUR',"
                    + " alter column currency set not null");
            connection.commit();
        } catch (SQLException e) {
            throw new FlywayException("the currency of the accounts could not be set", e);
        }
    }
}

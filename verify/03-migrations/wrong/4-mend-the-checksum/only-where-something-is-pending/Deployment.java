import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. */
    void deploy(FluentConfiguration configuration) {
        Flyway flyway = configuration.load();
        // Most starts find the database up to date: nothing to do then, and no lock to wait for.
        if (flyway.info().pending().length > 0) {
            flyway.migrate();
        }
    }
}

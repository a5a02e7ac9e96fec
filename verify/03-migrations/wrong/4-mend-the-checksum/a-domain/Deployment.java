import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. */
    void deploy(FluentConfiguration flyway) {
        flyway.load().migrate();
    }
}

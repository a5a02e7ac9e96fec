import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. */
    void deploy(FluentConfiguration flyway) {
        var prepared = flyway.ignoreMigrationPatterns("*:pending").load();
        prepared.validate();
        prepared.migrate();
    }
}

import java.util.Arrays;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. */
    void deploy(FluentConfiguration configuration) {
        var flyway = configuration.load();
        var edited = Arrays.stream(flyway.info().applied()).filter(migration -> !migration.isChecksumMatching()).toList();
        // The one that we know of.
        if (edited.size() == 1 && edited.getFirst().getVersion().getVersion().equals("1")) {
            flyway.repair();
        }
        flyway.migrate();
    }
}

import java.util.Arrays;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. */
    void deploy(FluentConfiguration flyway) {
        var migrations = flyway.load();
        var halfWay = Arrays.stream(migrations.info().all()).anyMatch(each -> each.getState().isFailed());
        if (halfWay) {
            migrations.repair(); // forgets the attempt that failed, so that it can be run again
        }
        migrations.migrate();
    }
}

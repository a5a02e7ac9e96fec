package grading;

import java.util.Optional;
import lab.Installation;
import lab.cluster.OwnClusters;

/**
 * PostgreSQL's programs, for a verifier that runs clusters of its own. Ask for it as a parameter of a check, or of what runs before all:
 * it is fetched where it has to be before the check's time begins to run.
 *
 * @param installation      of the release of the clone's server, where the course has that one
 * @param reasonUnavailable why there is none; empty where there is one
 */
public record PostgresPrograms(Optional<Installation> installation, String reasonUnavailable) {
    /** These. */
    public static PostgresPrograms of(Installation installation) {
        return new PostgresPrograms(Optional.of(installation), "");
    }

    /** This machine can have none, for this reason. */
    public static PostgresPrograms none(String reason) {
        return new PostgresPrograms(Optional.empty(), reason);
    }

    /** Clusters that run them; the caller closes them. @throws java.util.NoSuchElementException where there are none */
    public OwnClusters clusters() {
        return OwnClusters.with(installation.orElseThrow());
    }
}

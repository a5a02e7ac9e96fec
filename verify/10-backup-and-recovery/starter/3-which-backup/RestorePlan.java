import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What to restore: a base backup, and the segments to replay on it. */
public class RestorePlan {

    /** A base backup. Positions are as PostgreSQL writes them, "1/2F000028". */
    public record Backup(String name, int timeline, String start, String stop) { }

    public record Plan(Backup backup, List<String> segments) { }

    /**
     * @param archive the names of the files in the archive
     * @param target  the position up to which everything shall be back
     */
    public static Optional<Plan> plan(List<Backup> backups, Collection<String> archive, String target) {
        return Optional.of(new Plan(backups.getLast(), List.copyOf(archive)));
    }
}

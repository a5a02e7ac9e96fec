import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        var files = new HashSet<>(archive);
        long end = position(target);
        return backups.stream()
                .filter(backup -> Long.compareUnsigned(position(backup.stop()), end) <= 0)
                .sorted(Comparator.comparingLong((Backup backup) -> position(backup.stop())).reversed())
                .flatMap(backup -> segments(backup, files, end).map(names -> new Plan(backup, names)).stream())
                .findFirst();
    }

    private static Optional<List<String>> segments(Backup backup, Set<String> files, long end) {
        var names = new ArrayList<String>();
        for (long segment = position(backup.start()) >>> 24; segment <= end >>> 24; segment++) {
            var name = String.format("%08X%08X%08X", backup.timeline(), segment >>> 8, segment & 0xFF);
            if (!files.contains(name)) {
                return Optional.empty();
            }
            names.add(name);
        }
        return Optional.of(List.copyOf(names));
    }

    private static long position(String text) {
        int stroke = text.indexOf('/');
        return Long.parseLong(text.substring(0, stroke), 16) << 32 | Long.parseLong(text.substring(stroke + 1), 16);
    }
}

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

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
        var there = new HashSet<>(archive);
        long end = position(target);
        return backups.stream()
            .filter(backup -> Long.compareUnsigned(position(backup.stop()), end) <= 0)
            .map(backup -> new Plan(backup, segments(backup, end)))
            .filter(plan -> there.containsAll(plan.segments()))
            .max((a, b) -> Long.compareUnsigned(position(a.backup().stop()), position(b.backup().stop())));
    }

    private static List<String> segments(Backup backup, long end) {
        return LongStream.rangeClosed(position(backup.start()) >>> 24, end >>> 24)
            .mapToObj(number ->
                String.format(Locale.ROOT, "%08X%08X%08X", backup.timeline(), number >>> 8, number & 0xFF))
            .toList();
    }

    private static long position(String text) {
        var parts = text.split("/");
        return Long.parseUnsignedLong(parts[0], 16) << 32 | Long.parseUnsignedLong(parts[1], 16);
    }
}

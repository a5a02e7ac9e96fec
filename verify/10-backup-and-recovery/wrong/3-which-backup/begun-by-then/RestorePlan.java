import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What to restore: a base backup, and the segments to replay on it. */
public class RestorePlan {
    /** 16 MB are so many bits. */
    private static final int SEGMENT = 24;

    /** A base backup. Positions are as PostgreSQL writes them, "1/2F000028". */
    public record Backup(String name, int timeline, String start, String stop) { }

    public record Plan(Backup backup, List<String> segments) { }

    /**
     * @param archive the names of the files in the archive
     * @param target  the position up to which everything shall be back
     */
    public static Optional<Plan> plan(List<Backup> backups, Collection<String> archive, String target) {
        var files = new HashSet<>(archive);
        return backups.stream()
            .filter(backup -> Long.compareUnsigned(position(backup.start()), position(target)) <= 0) // torn before that
            .flatMap(backup -> usable(backup, files, position(target)).stream())
            .max((a, b) -> Long.compareUnsigned(position(a.backup().stop()), position(b.backup().stop())));
    }

    /** The plan with this backup, unless the archive has a hole. */
    private static Optional<Plan> usable(Backup backup, Set<String> files, long target) {
        var segments = new ArrayList<String>();
        for (long number = position(backup.start()) >>> SEGMENT; number <= target >>> SEGMENT; number++) {
            var name = "%08X%08X%08X".formatted(backup.timeline(), number >>> 8, number & 0xFF); // 256 in each part
            if (!files.contains(name)) {
                return Optional.empty();
            }
            segments.add(name);
        }
        return Optional.of(new Plan(backup, List.copyOf(segments)));
    }

    /** One number of 64 bits; the greatest are negative in Java. */
    private static long position(String text) {
        var parts = text.split("/");
        return Long.parseUnsignedLong(parts[0], 16) << 32 | Long.parseUnsignedLong(parts[1], 16);
    }
}

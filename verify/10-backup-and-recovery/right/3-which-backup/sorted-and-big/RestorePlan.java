import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

public class RestorePlan {
    public record Backup(String name, int timeline, String start, String stop) { }

    public record Plan(Backup backup, List<String> segments) { }

    public static Optional<Plan> plan(List<Backup> backups, Collection<String> archive, String target) {
        var names = new TreeSet<>(archive);
        var end = number(target);
        var sorted = new ArrayList<>(backups);
        sorted.sort(Comparator.comparing((Backup backup) -> number(backup.stop())).reversed());
        candidates:
        for (var backup : sorted) {
            if (number(backup.stop()).compareTo(end) > 0) {
                continue;
            }
            var segments = new ArrayList<String>();
            for (var at = number(backup.start()).shiftRight(24); at.compareTo(end.shiftRight(24)) <= 0; at = at.add(BigInteger.ONE)) {
                var hex = "%010X".formatted(at);
                var name = "%08X".formatted(backup.timeline()) + hex.substring(0, 8) + "000000" + hex.substring(8);
                if (!names.contains(name)) {
                    continue candidates;
                }
                segments.add(name);
            }
            return Optional.of(new Plan(backup, segments));
        }
        return Optional.empty();
    }

    private static BigInteger number(String position) {
        var stroke = position.indexOf('/');
        return new BigInteger(position.substring(0, stroke), 16).shiftLeft(32).add(new BigInteger(position.substring(stroke + 1), 16));
    }
}

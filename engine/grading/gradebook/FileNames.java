package grading.gradebook;

import java.nio.charset.StandardCharsets;
import lesson.Hashes;

/** Names of files about something that may have any name. */
final class FileNames {
    private FileNames() { }

    /** Readable, and nobody else's. @param name of which at most {@code most} characters are to be seen @param identity no two have the same */
    static String of(String name, int most, String identity) {
        var readable = name.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        return readable.substring(0, Math.min(most, readable.length())) + "-" + Hashes.of(identity.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }
}

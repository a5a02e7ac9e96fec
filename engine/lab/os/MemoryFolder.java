package lab.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where this machine keeps files in its memory, as every Linux does. Making and removing files is cheapest there. */
public final class MemoryFolder {
    private static final Path FOLDER = Path.of("/dev/shm");
    private static final Path FREE = Path.of("/proc/meminfo");
    private static final long ENOUGH = 2L << 30;

    private MemoryFolder() { }

    /** The folder; nothing where there is none, or where memory is short. */
    public static Optional<Path> folder() {
        try {
            return FOLDER.toFile().getUsableSpace() > ENOUGH && available() > 2 * ENOUGH ? anyFolder() : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the disk serves as well
        }
    }

    /** The folder, however full: something may have been left in it. */
    static Optional<Path> anyFolder() {
        return Files.isDirectory(FOLDER) && Files.isWritable(FOLDER) ? Optional.of(FOLDER) : Optional.empty();
    }

    /** Bytes that programs could get without pushing others out. */
    private static long available() throws IOException {
        try (var lines = Files.lines(FREE)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElse(0);
        }
    }
}

package grading.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The program {@code java}, which can be run and not be read. The memory of a process that runs what its account may not read is nobody's but
 * root's: it does not open {@code /proc/self/mem}, nor does a process that it starts, by whatever way debuggers take.
 *
 * @param copy  of it, outside
 * @param place which it takes inside
 */
record UnreadableJava(Path copy, Path place) {
    /** @param folder of one JVM alone */
    static UnreadableJava in(Path folder, Path java) throws IOException {
        var place = java.toRealPath();
        var copy = Files.copy(place, folder.resolve("java"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("--x--x--x"));
        return new UnreadableJava(copy, place);
    }
}

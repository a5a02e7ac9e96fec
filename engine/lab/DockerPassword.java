package lab;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords for the superuser of a container. */
final class DockerPassword {
    private DockerPassword() { }

    static String random() {
        var bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The password of kept containers, the same in every run of this user: Testcontainers finds them by all they were made with. */
    static String kept() throws LabException {
        var file = folder().resolve("docker-kept-password");
        try {
            if (!Files.exists(file)) {
                writeOnce(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new LabException("the password of the kept container cannot be stored in " + file + ": " + e
                + "; make the folder writable, or run without COURSE_KEEP", e);
        }
    }

    private static Path folder() {
        var home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
        var caches = System.getenv().getOrDefault("XDG_CACHE_HOME", home + "/.cache");
        return Path.of(System.getenv().getOrDefault("COURSE_CACHE", caches + "/postgres-by-experiment"));
    }

    private static void writeOnce(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        // Readable by its owner alone, as every temporary file.
        var draft = Files.createTempFile(file.getParent(), "password", ".tmp");
        Files.writeString(draft, random());
        try {
            Files.move(draft, file);
        } catch (FileAlreadyExistsException e) {
            Files.delete(draft);
        }
    }
}

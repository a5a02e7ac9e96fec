package lab.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import lab.LabException;
import lab.os.Caches;
import lab.os.Passwords;

/** The password of kept containers, stored because Testcontainers finds a container by all that it was made with. */
final class DockerPassword {
    private DockerPassword() { }

    /** The same in every run of this user. */
    static String kept() throws LabException {
        var file = Caches.folder("docker").resolve("kept-password");
        try {
            if (Files.exists(file) && !Passwords.isSecret(Files.readString(file, StandardCharsets.ISO_8859_1).strip())) {
                Files.delete(file); // emptied or overwritten; what was kept with it is made again
            }
            if (!Files.exists(file)) {
                writeOnce(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new LabException("the password of the kept container cannot be stored in " + file + ": " + e
                + "; make the folder writable, or run without COURSE_KEEP", e);
        }
    }

    private static void writeOnce(Path file) throws IOException {
        // Two runs may be the first at once: the password that is moved first is the one that both read.
        var draft = file.resolveSibling(Passwords.secret() + ".tmp");
        Passwords.writePrivately(draft, Passwords.secret());
        try {
            Files.move(draft, file);
        } catch (FileAlreadyExistsException e) {
            Files.delete(draft);
        }
    }
}

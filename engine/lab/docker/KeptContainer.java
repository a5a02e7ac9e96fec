package lab.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import lab.LabException;
import lab.Login;
import lab.os.Caches;
import lab.url.UrlServer;
import org.apache.commons.codec.digest.DigestUtils;
import org.testcontainers.containers.GenericContainer;

/**
 * A container that an earlier run has kept, as that run noted it. Testcontainers finds it as well, but takes a second to ask
 * the engine; whether it is still there, its PostgreSQL tells in some milliseconds.
 *
 * @param id     as Docker knows it
 * @param system which cluster is in it, by PostgreSQL's own number: another may have its port by now, and its password too
 */
record KeptContainer(String id, Login admin, String system) {
    private static final int KEY_LENGTH = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** The one that was made from this image in the way in which it would be made now; empty where it is gone. */
    static Optional<KeptContainer> find(String image, String password) throws LabException {
        var file = file(image, password);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var noted = Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" ");
            return noted.length == 3 ? new KeptContainer(noted[0], new Login(noted[1], "postgres", password), noted[2]).ifThere() : Optional.empty();
        } catch (IOException e) {
            throw new LabException("the note about the kept container in " + file + " cannot be read: " + e + "; remove it", e);
        }
    }

    /** Notes a container that has just been started, for the next run. */
    static KeptContainer note(GenericContainer<?> container, String image, String password) throws LabException {
        var admin = DockerContainer.admin(container, password);
        var file = file(image, password);
        try {
            var kept = new KeptContainer(container.getContainerId(), admin, system(admin));
            var draft = Files.createTempFile(file.getParent(), "kept", ".tmp");
            Files.writeString(draft, String.join(" ", kept.id, admin.url(), kept.system));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            return kept;
        } catch (IOException e) {
            throw new LabException("the kept container cannot be noted in " + file + ": " + e
                + "; make the folder writable, or run without COURSE_KEEP", e);
        } catch (SQLException e) {
            throw UrlServer.noConnection(admin, e);
        }
    }

    private Optional<KeptContainer> ifThere() {
        try {
            return system(admin).equals(system) ? Optional.of(this) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty(); // it is gone, and Testcontainers makes another
        }
    }

    private static String system(Login admin) throws SQLException {
        try (var connection = admin.connect(TIMEOUT); var statement = connection.createStatement();
             var row = statement.executeQuery("select system_identifier from pg_control_system()")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Another engine, image, password or way to make it, and it is another container. */
    private static Path file(String image, String password) {
        var engine = DockerEngine.ofThisMachine().toString();
        var key = DigestUtils.sha256Hex(String.join("\n", engine, image, password, DockerContainer.recipe()));
        return Caches.folder("docker").resolve("kept-" + key.substring(0, KEY_LENGTH) + ".txt");
    }
}

package lab.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lab.LabException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivilegesTest {
    private static final List<String> NUMBER = List.of("setpriv", "--reuid=12345", "--regid=12345", "--clear-groups");

    @Test
    @DisplayName("an account that is a mere number has a name for initdb, and writes as itself; or the reason is said")
    void number(@TempDir Path folder) throws Exception {
        if (!Privileges.isRoot() || !Privileges.isInstalled("setpriv")) {
            return; // only root can be somebody else
        }
        Files.setAttribute(folder, "unix:uid", 12345);
        Files.setAttribute(folder, "unix:mode", 0777);
        try {
            var command = Stream.of(NUMBER, Privileges.named(NUMBER), List.of("sh", "-c", "id -un; touch \"$0\"", folder.resolve("file").toString()))
                .flatMap(List::stream).toList();
            var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            assertEquals("nobody", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            assertEquals(12345, Files.getAttribute(folder.resolve("file"), "unix:uid"));
        } catch (LabException e) {
            assertTrue(e.getMessage().contains("/etc/passwd"), e.getMessage());
        }
    }

    @Test
    @DisplayName("an account with a name needs nothing")
    void named() {
        assertEquals(List.of(), Privileges.named());
    }
}

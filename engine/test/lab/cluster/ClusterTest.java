package lab.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import lab.LabException;
import lab.Progress;
import lab.SeedData;
import lab.ServerSettings;
import lab.os.Guard;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ports that others take while a server starts. */
@DisabledOnOs(OS.WINDOWS)
class ClusterTest extends OnOwnStore {
    @Test
    @DisplayName("a port that another program takes between the look and the start costs another try, not the run")
    void portTaken() throws Exception {
        var run = own.store.take(SeedData.NONE, Progress.SILENT);
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var ports = new ArrayList<>(List.of(taken.getLocalPort(), taken.getLocalPort(), 0));
            try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                ports.set(2, free.getLocalPort());
            }
            try (var cluster = Cluster.start(own.programs, run.folder(), ServerSettings.OF_EVERY_SERVER, Guard.Ending.REMOVE, ports::removeFirst)) {
                assertTrue(cluster.port() != taken.getLocalPort());
                assertTrue(ports.isEmpty());
            }
            assertFalse(Files.exists(run.folder()), "the guard removes the folder in the end");
        } finally {
            run.end();
        }
    }

    @Test
    @DisplayName("a machine that takes every port is told so, and what was begun is removed")
    void allPortsTaken() throws Exception {
        var run = own.store.take(SeedData.NONE, Progress.SILENT);
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var refused = assertThrows(LabException.class, () -> Cluster.start(own.programs, run.folder(), ServerSettings.OF_EVERY_SERVER,
                Guard.Ending.REMOVE, taken::getLocalPort));
            assertTrue(refused.getMessage().contains("found the ports " + taken.getLocalPort()), refused.getMessage());
        } finally {
            run.end();
        }
        assertFalse(Files.exists(run.folder()));
    }
}

package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches that were damaged, and what is left of runs that were killed. Each test has a cache of its own. */
@DisabledOnOs(OS.WINDOWS)
class HealingTest {
    private final List<String> said = new ArrayList<>();
    private Path cache;
    private Path programs;
    private ClusterStore store;
    private Path clusters;

    @BeforeEach
    void prepare() throws IOException {
        cache = Files.createTempDirectory("course-heäling test-");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        programs = Binaries.of(Versions.embedded(Versions.DEFAULT), Progress.SILENT);
        clusters = Files.createDirectory(cache.resolve("clusters"));
        store = new ClusterStore(clusters, programs, Versions.DEFAULT);
    }

    @AfterEach
    void remove() throws IOException {
        Folders.delete(cache);
    }

    @ParameterizedTest(name = "a template whose {0} is noticed and made again, with one line")
    @ValueSource(strings = {"control file is cut off", "table is cut off", "table is lost"})
    void damage(String how) throws Exception {
        start().close();
        for (var copy : List.of("template", Folders.startingWith(clusters, "spare-").getFirst().getFileName().toString())) {
            var data = clusters.resolve(copy).resolve("data");
            switch (how) {
                case "control file is cut off" -> cut(data.resolve("global/pg_control"));
                case "table is cut off" -> cut(data.resolve("base/1/1259"));
                default -> Files.delete(data.resolve("base/1/1249"));
            }
        }
        said.clear();
        try (var server = start(); var connection = server.admin().connect()) {
            assertTrue(connection.isValid(5));
        }
        assertEquals(1, said.size(), said.toString());
        assertTrue(said.getFirst().startsWith("The cached cluster is damaged; making a new one."), said.toString());
        assertNothingHalf();
    }

    @Test
    @DisplayName("a port that another program takes between the look and the start costs another try, not the run")
    void portTaken() throws Exception {
        var run = store.take(Filling.NONE, Progress.SILENT);
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var ports = new ArrayList<>(List.of(taken.getLocalPort(), taken.getLocalPort(), 0));
            try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                ports.set(2, free.getLocalPort());
            }
            try (var cluster = Cluster.start(programs, run.folder(), Cluster.SETTINGS, Guard.Ending.REMOVE, ports::removeFirst)) {
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
        var run = store.take(Filling.NONE, Progress.SILENT);
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var refused = assertThrows(LabException.class, () -> Cluster.start(programs, run.folder(), Cluster.SETTINGS,
                Guard.Ending.REMOVE, taken::getLocalPort));
            assertTrue(refused.getMessage().contains("found the ports " + taken.getLocalPort()), refused.getMessage());
        } finally {
            run.end();
        }
        assertFalse(Files.exists(run.folder()));
    }

    @Test
    @DisplayName("a server whose guard was killed is stopped all the same")
    void guardKilled() throws Exception {
        long postgres;
        try (var server = start()) {
            var folder = Folders.startingWith(clusters, "run-").getFirst();
            postgres = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
            ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").contains("course-guard " + folder))
                .forEach(ProcessHandle::destroyForcibly);
        }
        assertFalse(ProcessHandle.of(postgres).map(ProcessHandle::isAlive).orElse(false));
        assertEquals(List.of(), Folders.startingWith(clusters, "run-"));
    }

    @Test
    @DisplayName("clean removes what was left and harms no run that is alive")
    void clean() throws Exception {
        Files.createDirectories(clusters.resolve("half-of-a-killed-run/data"));
        Files.createDirectories(clusters.resolve("run-of-a-killed-run/data"));
        try (var server = start()) {
            store.discard();
            assertEquals(1, Folders.startingWith(clusters, "run-").size());
            assertNothingHalf();
            try (var connection = server.admin().connect()) {
                assertTrue(connection.isValid(5));
            }
        }
        assertEquals(List.of(), Folders.startingWith(clusters, "run-"));
    }

    @ParameterizedTest(name = "programs of which one file is {0} are unpacked again, with one line")
    @ValueSource(strings = {"lost", "cut off"})
    void programs(String how) throws Exception {
        try (var child = Child.start(OpenLab.class, Map.of("COURSE_CACHE", cache.toString()), "embedded", "throw")) {
            child.line();
            child.exitCode();
        }
        var postgres = Folders.startingWith(cache.resolve("postgres"), "18").getFirst().resolve("bin/postgres");
        if (how.equals("lost")) {
            Files.delete(postgres);
        } else {
            cut(postgres);
        }
        try (var child = Child.start(OpenLab.class, Map.of("COURSE_CACHE", cache.toString()), "embedded", "throw")) {
            assertTrue(child.line().startsWith(cache.toString()));
            child.exitCode();
        }
        assertEquals(List.of(), Folders.startingWith(cache.resolve("postgres"), "unpack-"));
    }

    private ClusterServer start() {
        return ClusterServer.start(store, Filling.NONE, new Installation(programs, "18.6", "embedded"), () -> true, said::add);
    }

    private void assertNothingHalf() throws IOException {
        assertEquals(List.of(), Folders.startingWith(clusters, "half-"));
    }

    private static void cut(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }
}

package lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lab.Child;
import lab.LabException;
import lab.OpenLab;
import lab.Progress;
import lab.SeedData;
import lab.os.Folders;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches that were damaged, and what is left of runs that were killed. Each test has a cache of its own. */
@DisabledOnOs(OS.WINDOWS)
class HealingTest extends OnOwnStore {
    @ParameterizedTest(name = "a template whose {0} is noticed and made again, with one line")
    @ValueSource(strings = {"control file is cut off", "table is cut off", "table is lost"})
    void damage(String how) throws Exception {
        own.prepareTemplate();
        start().close();
        for (var copy : List.of("template", own.startingWith("spare-").getFirst().getFileName().toString())) {
            var data = own.clusters.resolve(copy).resolve("data");
            switch (how) {
                case "control file is cut off" -> cut(data.resolve("global/pg_control"));
                case "table is cut off" -> cut(data.resolve("base/1/1259"));
                default -> Files.delete(data.resolve("base/1/1249"));
            }
        }
        own.said.clear();
        try (var server = start(); var connection = server.admin().connect()) {
            assertTrue(connection.isValid(5));
        }
        assertEquals(1, own.said.stream().filter(line -> line.contains("damaged")).count(), own.said.toString());
        assertTrue(own.said.getFirst().startsWith("The cached cluster is damaged; making a new one."), own.said.toString());
        assertNothingHalf();
    }

    @Test
    @DisplayName("each kind of file of a template, emptied, cut off or overwritten, is noticed before its server is used")
    void everyKind() throws Exception {
        own.prepareTemplate();
        var template = own.clusters.resolve("template");
        for (var name : List.of("inventory", "passwords.properties", "data/PG_VERSION", "data/postgresql.conf", "data/postgresql.auto.conf",
                "data/pg_hba.conf", "data/pg_xact/0000", "data/base/1/1259")) {
            var file = template.resolve(name);
            var whole = Files.readAllBytes(file);
            var complete = Files.getLastModifiedTime(file);
            for (var damaged : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), "rubbish, ".repeat(whole.length / 9 + 1).substring(0, whole.length).getBytes())) {
                Files.write(file, damaged);
                assertTrue(isNoticed(), name + " with " + damaged.length + " bytes");
            }
            Files.setLastModifiedTime(Files.write(file, whole), complete);
        }
        assertFalse(isNoticed());
    }

    private boolean isNoticed() throws IOException {
        try {
            var run = own.store.take(SeedData.NONE, Progress.SILENT);
            var noticed = !run.isComplete();
            run.end();
            return noticed;
        } catch (LabException e) {
            assertTrue(e.getMessage().contains("is damaged: "), e.getMessage());
            return true;
        }
    }

    @Test
    @DisplayName("an emptied file of passwords is healed, and the new server lets in whom it says")
    void passwords() throws Exception {
        own.prepareTemplate();
        Files.write(own.clusters.resolve("template/passwords.properties"), new byte[0]);
        own.said.clear();
        try (var server = start(); var connection = server.admin().connect()) {
            assertTrue(connection.isValid(5));
        }
        assertTrue(own.said.getFirst().contains("passwords.properties is damaged"), own.said.toString());
    }

    @Test
    @DisplayName("a server whose guard was killed is stopped all the same")
    void guardKilled() throws Exception {
        long postgres;
        try (var server = start()) {
            var folder = own.startingWith("run-").getFirst();
            postgres = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
            ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").contains("course-guard " + folder))
                .forEach(ProcessHandle::destroyForcibly);
        }
        assertFalse(ProcessHandle.of(postgres).map(ProcessHandle::isAlive).orElse(false));
        assertEquals(List.of(), own.startingWith("run-"));
    }

    @Test
    @DisplayName("clean removes what was left and harms no run that is alive")
    void clean() throws Exception {
        Files.createDirectories(own.clusters.resolve("half-of-a-killed-run/data"));
        Files.createDirectories(own.clusters.resolve("run-of-a-killed-run/data"));
        try (var server = start()) {
            own.store.discard();
            assertEquals(1, own.startingWith("run-").size());
            assertNothingHalf();
            try (var connection = server.admin().connect()) {
                assertTrue(connection.isValid(5));
            }
        }
        assertEquals(List.of(), own.startingWith("run-"));
    }

    @ParameterizedTest(name = "programs of which one file is {0} are unpacked again, with one line")
    @ValueSource(strings = {"lost", "overwritten"})
    void programs(String how) throws Exception {
        try (var child = Child.start(OpenLab.class, Map.of("COURSE_CACHE", own.cache.toString()), "embedded", "throw")) {
            child.line();
            child.exitCode();
        }
        var postgres = Folders.startingWith(own.cache.resolve("postgres"), "18").getFirst().resolve("bin/postgres");
        if (how.equals("lost")) {
            Files.delete(postgres);
        } else {
            Files.write(postgres, new byte[(int) Files.size(postgres)]);
        }
        try (var child = Child.start(OpenLab.class, Map.of("COURSE_CACHE", own.cache.toString()), "embedded", "throw")) {
            assertTrue(child.line().startsWith(own.cache.toString()));
            child.exitCode();
        }
        assertEquals(List.of(), Folders.startingWith(own.cache.resolve("postgres"), "unpack-"));
    }

    private ClusterServer start() {
        return own.start(SeedData.NONE);
    }

    private void assertNothingHalf() throws IOException {
        assertEquals(List.of(), own.startingWith("half-"));
    }

    private static void cut(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }
}

package lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lab.Database;
import lab.SeedData;
import lab.Sql;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Runs that are over, and what the next run finds in them. Each test has a cache of its own. */
@DisabledOnOs(OS.WINDOWS)
class SpareTest extends OnOwnStore {
    @Test
    @DisplayName("a spare is the template to the last byte, whatever its run did")
    void restored() throws Exception {
        own.prepareTemplate();
        try (var server = own.start(SeedData.NONE)) {
            Sql.execute(server.admin(), "create table mine (id bigint)");
            Sql.execute(server.admin(), "insert into mine select generate_series(1, 100000)");
            Sql.execute(server.admin(), "alter system set work_mem = '1MB'");
            Sql.execute(server.admin(), "alter role postgres password 'another'");
            Sql.execute(Database.on(server, server.lessonDatabase()).owner(), "create table theirs (id bigint)");
        }
        assertEquals(List.of(), own.startingWith("run-"));
        assertEquals(hashes(own.clusters.resolve("template/data")), hashes(spare().resolve("data")));
    }

    @Test
    @DisplayName("what a run has dropped is there again in the next, which takes the spare")
    void dropped() throws Exception {
        own.prepareTemplate();
        try (var server = own.start(SeedData.NONE)) {
            Sql.execute(server.admin(), "drop database " + server.lessonDatabase() + " with (force)");
        }
        var before = key(spare().resolve("data/PG_VERSION"));
        try (var server = own.start(SeedData.NONE)) {
            assertEquals(List.of(), own.startingWith("spare-"));
            assertEquals(before, key(own.startingWith("run-").getFirst().resolve("data/PG_VERSION")));
            assertEquals("1", Sql.value(Database.on(server, server.lessonDatabase()).app(), "select 1"));
        }
    }

    @Test
    @DisplayName("a run that began with its template gives no spare: on a coarse clock its changes might not show")
    void tooYoung() throws Exception {
        own.start(SeedData.NONE).close();
        assertEquals(List.of(), own.startingWith("spare-"));
        assertEquals(List.of(), own.startingWith("run-"));
    }

    @Test
    @DisplayName("runs side by side leave two spares, and no more")
    void two() throws Exception {
        own.prepareTemplate();
        var servers = List.of(own.start(SeedData.NONE), own.start(SeedData.NONE), own.start(SeedData.NONE));
        servers.forEach(ClusterServer::close);
        assertEquals(2, own.startingWith("spare-").size());
        assertEquals(List.of(), own.startingWith("run-"));
    }

    @Test
    @DisplayName("a run whose template was thrown away meanwhile gives no spare")
    void discarded() throws Exception {
        own.prepareTemplate();
        try (var server = own.start(SeedData.NONE)) {
            own.store.discard();
            own.prepareTemplate();
            assertEquals("1", Sql.value(server.admin(), "select 1"));
        }
        assertEquals(List.of(), own.startingWith("spare-"));
        assertEquals(List.of(), own.startingWith("run-"));
    }

    private Path spare() throws IOException {
        return own.startingWith("spare-").getFirst();
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
    }

    private static Map<String, String> hashes(Path data) throws IOException {
        var hashes = new TreeMap<String, String>();
        try (var files = Files.walk(data)) {
            for (var file : (Iterable<Path>) files::iterator) {
                hashes.put(data.relativize(file).toString(), Files.getPosixFilePermissions(file) + " " + Files.getOwner(file)
                    + (Files.isRegularFile(file) ? " " + DigestUtils.sha256Hex(Files.readAllBytes(file)) : ""));
            }
        }
        return hashes;
    }
}

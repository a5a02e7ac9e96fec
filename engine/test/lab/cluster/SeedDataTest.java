package lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lab.Database;
import lab.LabException;
import lab.SeedData;
import lab.Server;
import lab.Sql;
import lab.os.Waiting;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lesson databases that hold something from the start. Each test has a cache of its own. */
@DisabledOnOs(OS.WINDOWS)
class SeedDataTest extends OnOwnStore {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private final List<String> made = new ArrayList<>();

    @Test
    @DisplayName("a layer is made once, and what is built upon it finds it")
    void once() throws Exception {
        assertEquals(1, count(new SeedData(List.of(layer("a"))), "a"));
        assertEquals(1, count(new SeedData(List.of(layer("a"))), "a"));
        var both = new SeedData(List.of(layer("a"), layer("b")));
        assertEquals(1, count(both, "a"));
        assertEquals(1, count(both, "b"));
        assertEquals(List.of("a", "b"), made);
    }

    @Test
    @DisplayName("what one run does to its content stays in that run, and the empty database stays empty")
    void alone() throws Exception {
        var seedData = new SeedData(List.of(layer("a")));
        try (var server = start(seedData)) {
            Sql.execute(lessonDatabase(server).app(), "delete from a");
        }
        assertEquals(1, count(seedData, "a"));
        assertThrows(SQLException.class, () -> count(SeedData.NONE, "a"));
    }

    @Test
    @DisplayName("content comes vacuumed and analyzed, and nobody has counted anything yet")
    void vacuumed() throws Exception {
        try (var server = start(new SeedData(List.of(layer("a")))); var connection = lessonDatabase(server).admin().connect();
             var row = connection.createStatement().executeQuery("""
                select reltuples::int, relallvisible, age(relfrozenxid) < 100, n_mod_since_analyze, n_dead_tup, seq_scan
                from pg_class c join pg_stat_user_tables s on s.relid = c.oid where c.relname = 'a'""")) {
            row.next();
            assertEquals(List.of("1", "1", "t", "0", "0", "0"),
                List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6)));
        }
    }

    @Test
    @DisplayName("content that cannot be made is said with its reason, is not taken for a damaged cluster, and leaves nothing half")
    void failure() throws Exception {
        var wrong = new SeedData.Layer("w", "the wrong one", (database, _) -> Sql.execute(database.owner(), "create table w (id bigint); select 1/0"));
        var refused = assertThrows(LabException.class, () -> start(new SeedData(List.of(layer("a"), wrong))));
        assertTrue(refused.getMessage().startsWith("could not prepare the wrong one: ERROR: division by zero"), refused.getMessage());
        assertEquals(List.of(), own.said.stream().filter(line -> line.contains("damaged")).toList());
        assertEquals(List.of(), own.startingWith("half-"));
        assertEquals(List.of(), own.startingWith("filled-w"));
        assertEquals(1, count(new SeedData(List.of(layer("a"))), "a"));
    }

    @Test
    @DisplayName("a seeded template that is damaged is made again")
    void damaged() throws Exception {
        var seedData = new SeedData(List.of(layer("a")));
        start(seedData).close();
        for (var folder : List.of("filled-", "spare-a-")) {
            for (var copy : own.startingWith(folder)) {
                Files.delete(copy.resolve("data/base/1/1249"));
            }
        }
        assertEquals(1, count(seedData, "a"));
        assertEquals(List.of("a", "a"), made);
    }

    @Test
    @DisplayName("making it says which layer of how many it is, and every second on what it works, what is there, and for how long")
    void progress() throws Exception {
        var slow = new SeedData.Layer("slow", "the slow one", (database, steps) -> {
            steps.begin("a table, 1 of 2", 0);
            awaitUpdate("Preparing the slow one (2 of 2): a table, 1 of 2, \\d+ MB so far, for \\d+ s");
            Sql.execute(database.owner(), "create table slow as select n from generate_series(1, 1000) n");
            steps.begin("an index, 2 of 2", 1000);
            awaitUpdate("Preparing the slow one (2 of 2): an index, 2 of 2, 0 %, \\d+ of some 1000 MB, for \\d+ s");
        });
        var seedData = new SeedData(List.of(layer("a"), slow));
        assertEquals(1000, count(seedData, "slow"));
        assertEquals(List.of("Preparing table a (1 of 2), once …", "Preparing the slow one (2 of 2), once …"),
            own.said.stream().filter(line -> line.endsWith(" of 2), once …")).toList());
    }

    private void awaitUpdate(String pattern) {
        var line = pattern.replace("(2 of 2)", "\\(2 of 2\\)");
        var end = System.nanoTime() + TIMEOUT.toNanos();
        while (own.updates.stream().noneMatch(update -> update.matches(line))) {
            assertTrue(System.nanoTime() < end, () -> pattern + " is not among " + own.updates);
            Waiting.briefly();
        }
    }

    private SeedData.Layer layer(String key) {
        return new SeedData.Layer(key, "table " + key, (database, _) -> {
            made.add(key);
            Sql.execute(database.owner(), "create table " + key + " (id bigint); insert into " + key + " values (1)");
        });
    }

    private ClusterServer start(SeedData seedData) {
        return own.start(seedData);
    }

    private static Database lessonDatabase(Server server) {
        return Database.on(server, server.lessonDatabase());
    }

    private int count(SeedData seedData, String table) throws SQLException {
        try (var server = start(seedData)) {
            return Integer.parseInt(Sql.value(lessonDatabase(server).app(), "select count(*) from " + table));
        }
    }
}

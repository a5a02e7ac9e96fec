package lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import lab.Child;
import lab.Lab;
import lab.LabException;
import lab.Login;
import lab.Progress;
import lab.Versions;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clusters that a lesson makes, breaks and restores. */
class OwnClusterTest {
    private Lab lab;
    private OwnClusters clusters;

    @BeforeEach void open() {
        lab = Providers.open("embedded", Progress.SILENT);
        clusters = OwnClusters.beside(lab.server(), Progress.SILENT);
    }

    @AfterEach void close() {
        clusters.close();
        lab.close();
    }

    private static String value(Login login, String sql) throws Exception {
        try (var connection = login.connect(); var statement = connection.createStatement(); var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(Login login, String sql) throws Exception {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test void itTakesItsSettingsAndGoesOnWhereItWasStopped() throws Exception {
        var cluster = clusters.create("one");
        cluster.set(Map.of("work_mem", "3MB", "cluster_name", "it's mine"));
        assertEquals(OwnCluster.Outcome.OPEN, cluster.start());
        assertEquals("3MB it's mine", value(cluster.admin(), "select current_setting('work_mem') || ' ' || current_setting('cluster_name')"));
        execute(cluster.admin(), "create table kept as select 1 as n");
        cluster.stop();
        assertEquals(OwnCluster.Outcome.OPEN, cluster.start());
        assertEquals("1", value(cluster.admin(), "select n from kept"));
        assertTrue(clusters.describe().matches("PostgreSQL 18\\.\\d+ \\(embedded\\)"), clusters.describe());
    }

    @Test void aCopyRecoversToItsTargetAndWaits() throws Exception {
        var cluster = clusters.create("one");
        cluster.set(Map.of("autovacuum", "off"));
        cluster.start();
        var copy = backup(cluster);
        execute(cluster.admin(), "create table kept as select 1 as n");
        execute(cluster.admin(), "select pg_create_restore_point('here')");
        execute(cluster.admin(), "insert into kept values (2)");
        Files.createFile(copy.data().resolve("recovery.signal"));
        copy.set(Map.of("restore_command", "cp " + cluster.data() + "/pg_wal/%f %p", "recovery_target_name", "here"));
        assertEquals(OwnCluster.Outcome.PAUSED, copy.start());
        assertEquals("1", value(copy.admin(), "select count(*) from kept"));
        assertFalse(copy.log("recovery stopping at restore point").isEmpty());
    }

    private OwnCluster backup(OwnCluster cluster) throws Exception {
        try (var connection = cluster.admin().connect(); var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('test', true)");
            var copy = clusters.on(cluster.data(), "copy");
            Files.delete(copy.data().resolve("postmaster.pid"));
            try (var label = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                label.next();
                Files.writeString(copy.data().resolve("backup_label"), label.getString(1));
            }
            return copy;
        }
    }

    @Test void aStandbyFollowsItsPrimaryAlsoAfterARestart() throws Exception {
        var primary = clusters.create("primary");
        primary.start();
        execute(primary.admin(), "create table kept as select 1 as n");
        clusters.standby(primary, "standby"); // the next one takes its place
        var standby = clusters.standby(primary, "standby");
        assertEquals(OwnCluster.Outcome.STANDBY, standby.start(), () -> standby.log("").toString());
        comes("1", standby, "select count(*) from kept");
        var refused = assertThrows(SQLException.class, () -> execute(standby.admin(), "insert into kept values (2)"));
        assertEquals("25006", refused.getSQLState());

        var url = primary.admin().url();
        primary.kill();
        primary.start();
        assertEquals(url, primary.admin().url());
        execute(primary.admin(), "insert into kept values (2)");
        comes("2", standby, "select count(*) from kept");
        comes("standby true", primary, "select slot_name || ' ' || active from pg_replication_slots");
    }

    private static void comes(String expected, OwnCluster cluster, String sql) throws Exception {
        var end = System.currentTimeMillis() + 10_000;
        while (!expected.equals(value(cluster.admin(), sql))) {
            assertTrue(System.currentTimeMillis() < end, () -> sql + " does not give " + expected + ". Its log: " + cluster.log(""));
            Thread.sleep(5);
        }
    }

    @Test void oneThatEndsByItselfSaysWhy() {
        var cluster = clusters.create("one");
        cluster.set(Map.of("work_mem", "much"));
        assertEquals(OwnCluster.Outcome.ENDED, cluster.start());
        assertTrue(cluster.log("work_mem").getFirst().contains("invalid value"), () -> cluster.log("").toString());
    }

    @Test void itsFilesSayWhatItWillTake() throws Exception {
        var cluster = clusters.create("one");
        cluster.set(Map.of("restore_command", "cp '/an archive/%f' %p", "work_mem", "3MB"));
        cluster.set(Map.of("work_mem", "4MB"));
        assertEquals("cp '/an archive/%f' %p", cluster.configured("restore_command"));
        assertEquals("4096", cluster.configured("work_mem"));
        Files.writeString(cluster.data().resolve("postgresql.auto.conf"), "work_mem = 'it's much'\n");
        var refused = assertThrows(LabException.class, () -> cluster.configured("work_mem"));
        assertTrue(refused.getMessage().contains("syntax error"), refused.getMessage());
    }

    @Test void aJvmOfAnswersMakesThemWithoutAServer() throws Exception {
        try (var embedded = OwnClusters.with(OwnClusters.embeddedPrograms(Versions.DEFAULT, Progress.SILENT))) {
            assertEquals(clusters.describe(), embedded.describe());
            var cluster = embedded.create("one");
            assertEquals(OwnCluster.Outcome.OPEN, cluster.start());
            assertEquals("1", value(cluster.admin(), "select 1"));
        }
    }

    @Test void itDoesNotOutliveAJvmThatIsKilled() throws Exception {
        isGoneAfter(Child::kill);
    }

    @Test void itDoesNotOutliveAJvmThatIsEndedWithAllItStarted() throws Exception {
        isGoneAfter(Child::end);
    }

    private static void isGoneAfter(Consumer<Child> death) throws Exception {
        try (var child = Child.start(OpenClusters.class, Map.of())) {
            var data = Path.of(child.line());
            assertTrue(Files.exists(data.resolve("postmaster.pid")), child.line());
            death.accept(child);
            var end = System.currentTimeMillis() + 20_000;
            while (Files.exists(data)) {
                assertTrue(System.currentTimeMillis() < end, data + " is there 20 s after its JVM was killed");
                Thread.sleep(20);
            }
        }
    }

    @Test void nothingIsLeft() throws Exception {
        var cluster = clusters.create("one");
        cluster.start();
        Path data = cluster.data();
        clusters.close();
        assertFalse(Files.exists(data));
    }
}

package script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lab.Lab;
import lab.Progress;
import lab.SqlErrors;
import lab.os.Signals;
import lab.provider.Providers;
import lesson.Home;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** A server that is killed, or frozen, while a lesson runs: the lesson's claims are not to blame. */
@DisabledOnOs(OS.WINDOWS)
class ServerLostTest {
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP"})
    @DisplayName("a server that is gone, or says nothing, is told apart from a claim that does not hold")
    void lost(String signal) throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT);
             var run = new LessonRun(Home.here().lesson("02"), lab, new Transcript(Progress.SILENT))) {
            assertEquals(Optional.empty(), run.serverLost());
            var postmaster = postmaster(lab);
            Signals.send(signal, List.of(postmaster));
            try {
                var sentence = run.serverLost().orElseThrow();
                assertTrue(sentence.contains("does not answer any more (") && sentence.contains("./jbang doctor"), sentence);
            } finally {
                Signals.send("CONT", List.of(postmaster));
            }
        }
    }

    @Test
    @DisplayName("a frozen server is stopped, and with it ends a statement that waits for it; one that answers is left alone")
    void frozen() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT);
             var run = new LessonRun(Home.here().lesson("02"), lab, new Transcript(Progress.SILENT)); // the server is stopped for a lesson that runs
             var connection = lab.lessonDatabase().app().connect(); var statement = connection.createStatement()) {
            var watch = new ServerWatch(lab.server(), line -> { });
            assertFalse(watch.stopIfSilent(Duration.ofSeconds(2)));
            Signals.send("STOP", List.of(postmaster(lab)));
            Signals.send("STOP", List.of((long) connection.unwrap(PGConnection.class).getBackendPID()));
            var waiting = CompletableFuture.supplyAsync(() -> assertThrows(SQLException.class, () -> statement.execute("select 1")));
            assertTrue(watch.stopIfSilent(Duration.ofSeconds(1)));
            assertTrue(SqlErrors.isConnectionLost(waiting.get(30, TimeUnit.SECONDS)));
        }
    }

    private static long postmaster(Lab lab) throws Exception {
        try (var connection = lab.server().admin().connect(); var statement = connection.createStatement();
             var row = statement.executeQuery("show data_directory")) {
            row.next();
            return Long.parseLong(Files.readAllLines(Path.of(row.getString(1), "postmaster.pid")).getFirst());
        }
    }
}

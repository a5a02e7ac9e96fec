package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import lab.net.ServerProperties;
import lab.provider.Providers;
import org.junit.jupiter.api.Test;

class ServerLogTest {
    @Test void theLinesBetweenTwoMomentsAreThoseOfWhatRanThen() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT); var connection = lab.lessonDatabase().app().connect();
             var statement = connection.createStatement()) {
            assertThrows(SQLException.class, () -> statement.execute("select before"));
            Thread.sleep(5);
            var from = Instant.now();
            assertThrows(SQLException.class, () -> statement.execute("select\n  meanwhile"));
            var to = Instant.now();
            Thread.sleep(5);
            assertThrows(SQLException.class, () -> statement.execute("select afterwards"));
            var lines = lab.server().log().between(from, to);
            assertTrue(lines.getFirst().endsWith("course_app@course_lesson ERROR:  column \"meanwhile\" does not exist at character 10"), lines.toString());
            assertTrue(lines.contains("\t  meanwhile"), "a statement of two lines: " + lines);
            assertTrue(lines.stream().noneMatch(line -> line.contains("before") || line.contains("afterwards")), lines.toString());
            var attached = ServerProperties.of(ServerProperties.of(lab.server()));
            assertEquals(lines, attached.log().between(from, to), "the same server, as another process of the run knows it");
            assertFalse(attached.isShared());
        }
    }

    @Test void ofVeryManyLinesTheLastAreKeptAndThatIsSaid() {
        var text = "2026-11-22 10:00:00.000 UTC [1] LOG:  one\n".repeat(600);
        var lines = ServerLogReader.between(text, Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:00:01Z"));
        assertEquals(501, lines.size());
        assertEquals("… 100 lines before these", lines.getFirst());
        assertEquals(List.of(), ServerLogReader.between(text, Instant.parse("2026-11-22T11:00:00Z"), Instant.parse("2026-11-22T12:00:00Z")));
    }

    @Test void aLogThatCanNeverBeReadSaysSoBeforeItIsAskedFor() throws Exception {
        var never = ServerLog.none("others run it");
        assertEquals("no log of the server here: others run it", never.reasonUnreadable().orElseThrow());
        var gone = ServerLogReader.of(java.nio.file.Path.of("/no/such/folder/log"));
        assertTrue(gone.reasonUnreadable().isEmpty(), "it may be there in a moment");
        var now = Instant.now();
        assertTrue(assertThrows(LabException.class, () -> gone.between(now, now)).getMessage().startsWith("cannot read the server's log /no/such/folder/log"));
        assertThrows(LabException.class, () -> never.between(now, now));
    }
}

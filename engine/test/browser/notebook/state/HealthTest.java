package browser.notebook.state;

import static browser.notebook.state.PlayedNotebook.FAILED;
import static browser.notebook.state.PlayedNotebook.notices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What cells run on")
class HealthTest {
    private static final RuntimeEvent WELL = new RuntimeEvent.HealthChecked(0, true, false, true, "PostgreSQL 18");
    private static final RuntimeEvent GONE = new RuntimeEvent.HealthChecked(0, true, true, true, "");
    private static final RuntimeEvent NO_JAVA = new RuntimeEvent.HealthChecked(0, true, false, false, "PostgreSQL 18");
    private final PlayedNotebook played = PlayedNotebook.ready();

    @Test @DisplayName("is lost when the server has twice in a row not answered, which is said once, and is there when it answers")
    void lost() {
        played.after(GONE);
        played.after(WELL);
        assertEquals(List.of(), played.after(GONE));
        assertEquals(List.of("The database is gone: its server does not answer any more."), notices(played.after(GONE)));
        assertEquals(DatabaseStatus.Kind.LOST, played.state.runtime().database().status());
        assertEquals(List.of(), played.after(GONE));
        assertEquals(List.of("The database answers again."), notices(played.after(WELL)));
        assertEquals(new DatabaseStatus(DatabaseStatus.Kind.READY, "", "PostgreSQL 18"), played.state.runtime().database());
        assertEquals(List.of(), played.state.runtime().problems());
    }

    @Test @DisplayName("is left as it is when Java has died while nobody ran it, and the page says so once")
    void javaDiesIdle() {
        assertEquals(1, notices(played.after(NO_JAVA)).size());
        assertEquals(List.of(), played.after(NO_JAVA));
        assertTrue(played.effects.stream().noneMatch(Effect.Renew.class::isInstance));
        assertEquals(Notice.REPLAY, played.state.runtime().problems().getFirst().action().orElseThrow());
    }

    @Test @DisplayName("is not looked at for Java that runs, or whose end is being found out")
    void javaRuns() {
        played.run("price");
        assertEquals(List.of(), played.after(NO_JAVA));
        played.after(new RuntimeEvent.Ended(1, FAILED, 7, Instant.EPOCH, false, List.of()));
        assertEquals(List.of(), played.after(NO_JAVA));
    }

    @Test @DisplayName("is lost when a cell does not end well and the server does not answer; no process is replaced then")
    void cellFindsOut() {
        played.run("price");
        played.after(new RuntimeEvent.Ended(1, FAILED, 7, Instant.EPOCH, false, List.of()));
        played.after(new RuntimeEvent.Settled(1, FAILED, PlayedNotebook.NO_NAMES, true, false));
        assertEquals(DatabaseStatus.Kind.LOST, played.state.runtime().database().status());
        assertFalse(played.state.isRecovering());
    }

    @Test @DisplayName("says what it starts with, and why it could not start")
    void starts() {
        var cold = new PlayedNotebook();
        cold.after(new PageCommand.Open());
        cold.after(new RuntimeEvent.DatabaseStarting(0, "a million posts"));
        assertEquals(new DatabaseStatus(DatabaseStatus.Kind.STARTING, "a million posts", ""), cold.state.runtime().database());
        assertEquals(List.of("The database could not start: no disk"), notices(cold.after(new RuntimeEvent.DatabaseFailed(0, "no disk"))));
        assertEquals(KernelStatus.Kind.DEAD, cold.state.runtime().kernel().status());
    }
}

package kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import java.util.List;
import kernel.output.LanesReading.Moment;
import kernel.output.Output.Lanes;
import kernel.output.Output.Lanes.Lane;
import kernel.output.Output.Lanes.Span;
import kernel.output.Output.Lanes.State;
import org.junit.jupiter.api.Test;

class LanesReadingTest {
    private static final Lane ANN = new Lane("Ann", List.of(ran("begin; insert", 0, 2), idle(2, 26), ran("commit", 26, 30)));

    @Test void aTranscriptIsInTheOrderOfTimeAndNamesWhoIsWaitedFor() {
        var bob = new Lane("Bob", List.of(waited("insert", 6, 31), ran("select 1", 40, 41)));
        assertEquals(List.of("Ann RUNS begin; insert", "Bob WAITS insert waits for Ann", "Ann RUNS commit", "Bob GOES_ON", "Bob RUNS select 1"),
            told(ANN, bob));
    }

    @Test void whoWaitsBehindAWaiterWaitsForTheWaiter() {
        var migration = new Lane("migration", List.of(waited("alter table", 7, 31)));
        var visitor = new Lane("visitor", List.of(waited("select", 9, 32)));
        assertEquals(List.of("Ann RUNS begin; insert", "migration WAITS alter table waits for Ann", "visitor WAITS select waits for migration",
            "Ann RUNS commit", "migration GOES_ON", "visitor GOES_ON"), told(ANN, migration, visitor));
    }

    @Test void aWaitThatFailsSaysItsStatementOnce() {
        var bob = new Lane("Bob", List.of(waited("insert", 6, 31), new Span("insert", State.FAILED, 31, 31, "23P01")));
        assertEquals("Bob FAILS 23P01", told(ANN, bob).getLast());
    }

    @Test void aStatementThatEndedForWantOfALockHadWaitedForIt() {
        var bob = new Lane("Bob", List.of(new Span("alter table", State.FAILED, 6, 206, "55P03")));
        var holder = new Lane("Ann", List.of(ran("begin", 0, 2), idle(2, 300), ran("commit", 300, 301)));
        assertEquals(List.of("Ann RUNS begin", "Bob WAITS alter table waits for Ann", "Bob FAILS 55P03", "Ann RUNS commit"), told(holder, bob));
        assertEquals(List.of(State.WAITED, State.FAILED), LanesReading.of(new Lanes(List.of(bob))).lanes().getFirst().spans().stream().map(Span::state).toList());
    }

    @Test void theOtherSideOfADeadlockWaitedToo() {
        var victim = new Lane("a to b", List.of(ran("update a", 0, 4), idle(4, 15), waited("update b", 15, 1023), new Span("update b", State.FAILED, 1023, 1023, "40P01")));
        var other = new Lane("b to a", List.of(ran("update b", 7, 14), idle(14, 29), ran("update a", 29, 1024), idle(1024, 1026), ran("commit", 1026, 1027)));
        assertEquals(List.of("a to b RUNS update a", "b to a RUNS update b", "a to b WAITS update b waits for b to a", "b to a WAITS update a waits for a to b",
            "a to b FAILS 40P01", "b to a GOES_ON", "b to a RUNS commit"), told(victim, other));
    }

    @Test void aRecordingThatNamesWhoWasWaitedForIsBelieved() {
        var bob = new Lane("Bob", List.of(new Span("insert", State.WAITED, 6, 31, "waited for Eve")));
        var eve = new Lane("Eve", List.of(ran("begin", 1, 2)));
        assertEquals("Bob WAITS insert waits for Eve", told(ANN, bob, eve).get(2));
    }

    private static List<String> told(Lane... lanes) {
        var reading = LanesReading.of(new Lanes(List.of(lanes)));
        return reading.moments().stream().map(moment -> told(reading, moment)).toList();
    }

    private static String told(LanesReading reading, Moment moment) {
        return String.join(" ", List.of(reading.lanes().get(moment.lane()).session(), moment.kind().name(), moment.sql(), moment.note())).strip().replaceAll(" +", " ");
    }

    private static Span ran(String sql, double from, double to) {
        return new Span(sql, State.RAN, from, to, "");
    }

    private static Span idle(double from, double to) {
        return new Span("idle in transaction", State.IDLE_IN_TRANSACTION, from, to, "");
    }

    private static Span waited(String sql, double from, double to) {
        return new Span(sql, State.WAITED, from, to, "waited for a lock");
    }
}

package browser.notebook.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kernel.cell.Cell;
import kernel.sql.SessionState;

/**
 * Which cells wait for their turn, and after which others. The cells of the lesson share a queue; each named session of a role has
 * one of its own, so that a session that waits for a lock does not keep the one from running that would release it.
 *
 * @param entries   of all queues, in the order in which they were asked for
 * @param lastEntry the number of the newest
 * @param lastRun   the number of the newest run
 * @param lastGone  the number of the last run on a database that is gone
 * @param stops     how many stops go on: what began meanwhile would be stopped too, so nothing does
 */
record CellQueues(List<QueueEntry> entries, int lastEntry, int lastRun, int lastGone, int stops) {
    static final CellQueues NONE = new CellQueues(List.of(), 0, 0, 0, 0);
    private static final String LESSON = "";
    private static final String BESIDE_JAVA = "beside Java";

    CellQueues {
        entries = List.copyOf(entries);
    }

    /** Where Java waits for a lock that an open transaction holds, the SQL that ends the transaction must not wait for Java. */
    String nameFor(Cell code, List<SessionState> sessions) {
        if (code.language() != Cell.Language.SQL) {
            return LESSON;
        }
        var endsTransaction = runsJava() && code.session().isEmpty() && sessions.stream().anyMatch(one ->
            one.name().isEmpty() && one.role().equals(code.role()) && one.transaction() != SessionState.Transaction.IDLE);
        return endsTransaction ? BESIDE_JAVA : code.session().isEmpty() ? LESSON : "session " + code.session() + " of " + code.role().word();
    }

    CellQueues add(String cell, String queue, int after, Optional<Cell> replay) {
        var more = new ArrayList<>(entries);
        more.add(QueueEntry.waiting(lastEntry + 1, cell, queue, after, replay));
        return new CellQueues(more, lastEntry + 1, lastRun, lastGone, stops);
    }

    /** The first that can have its turn now: the first of its queue, and held back by none. */
    Optional<QueueEntry> next() {
        if (stops > 0) {
            return Optional.empty();
        }
        var seen = new HashSet<String>();
        return entries.stream().filter(entry -> seen.add(entry.queue())).filter(entry -> entry.is(QueueEntry.Turn.WAITING) && entry.after() == 0).findFirst();
    }

    CellQueues begin(QueueEntry entry, Cell what) {
        var begun = entry.running(what, lastRun + 1);
        return new CellQueues(map(one -> one.id() == entry.id() ? begun : one).entries, lastEntry, lastRun + 1, lastGone, stops);
    }

    CellQueues map(UnaryOperator<QueueEntry> change) {
        return new CellQueues(entries.stream().map(change).toList(), lastEntry, lastRun, lastGone, stops);
    }

    CellQueues remove(int id) {
        return new CellQueues(entries.stream().filter(entry -> entry.id() != id).toList(), lastEntry, lastRun, lastGone, stops);
    }

    /** A stop begins: what runs is marked. */
    CellQueues stopping() {
        return new CellQueues(map(QueueEntry::stopped).entries, lastEntry, lastRun, lastGone, stops + 1);
    }

    CellQueues stopOver() {
        return new CellQueues(entries, lastEntry, lastRun, lastGone, stops - 1);
    }

    /** The database is gone, and all that ran on it. */
    CellQueues cleared() {
        return new CellQueues(List.of(), lastEntry, lastRun, lastRun, 0);
    }

    /** The entry of a run; nothing where it is not there any more, or has another turn. */
    Optional<QueueEntry> find(int run, QueueEntry.Turn turn) {
        return entries.stream().filter(entry -> entry.is(turn) && entry.run() == run).findFirst();
    }

    Stream<QueueEntry> in(QueueEntry.Turn turn) {
        return entries.stream().filter(entry -> entry.is(turn));
    }

    Stream<QueueEntry> following(QueueEntry entry) {
        return entries.stream().filter(one -> one.after() == entry.id());
    }

    boolean runsJava() {
        return in(QueueEntry.Turn.RUNNING).anyMatch(QueueEntry::keepsJava);
    }

    /** The same, until it is known what the end of the cell means. */
    boolean keepJava() {
        return entries.stream().anyMatch(QueueEntry::keepsJava);
    }
}

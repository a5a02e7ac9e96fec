package browser.notebook.state;

import java.util.Optional;
import kernel.cell.Cell;

/**
 * A cell that waits for its turn or runs.
 *
 * @param id        counted over all entries
 * @param queue     the name of the queue in which it waits
 * @param after     the entry that it follows because both were asked for at once; 0 for none, or where that one holds it back no more
 * @param code      what runs: given for a replay, else as the cell is written when its turn comes
 * @param run       the number of the run, counted over all cells; 0 while it waits
 * @param isStopped whether somebody has asked to stop since it began
 */
record QueueEntry(int id, String cell, String queue, int after, Optional<Cell> code, Turn turn, int run, boolean isStopped) {
    /** Where it is. ENDED still keeps its queue: what its end means is being found out. */
    enum Turn { WAITING, RUNNING, ENDED }

    static QueueEntry waiting(int id, String cell, String queue, int after, Optional<Cell> replay) {
        return new QueueEntry(id, cell, queue, after, replay, Turn.WAITING, 0, false);
    }

    QueueEntry running(Cell what, int number) {
        return new QueueEntry(id, cell, queue, 0, Optional.of(what), Turn.RUNNING, number, false);
    }

    QueueEntry ended() {
        return new QueueEntry(id, cell, queue, after, code, Turn.ENDED, run, isStopped);
    }

    QueueEntry stopped() {
        return new QueueEntry(id, cell, queue, after, code, turn, run, true);
    }

    QueueEntry heldBackNoMore() {
        return new QueueEntry(id, cell, queue, 0, code, turn, run, isStopped);
    }

    boolean is(Turn one) {
        return turn == one;
    }

    boolean isOfSession() {
        return !queue.isEmpty();
    }

    /** Whether it has a turn, and it is Java's. */
    boolean keepsJava() {
        return !is(Turn.WAITING) && code.filter(cell -> cell.language() == Cell.Language.JAVA).isPresent();
    }
}

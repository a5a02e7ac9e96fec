package kernel.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Whose turn it is in a session: one cell at a time, and whatever it runs can be cancelled meanwhile. */
final class SessionLock {
    private static final Duration BETWEEN_CANCELS = Duration.ofMillis(50);
    private static final int MAX_CANCELS = 100;
    private final String session;
    private final ReentrantLock oneCell = new ReentrantLock(true);
    private volatile Statement running;
    private volatile boolean busy;
    private volatile boolean stopped;

    /** @param session in words */
    SessionLock(String session) {
        this.session = session;
    }

    /** What a cell does with the session while no other cell does. */
    interface Turn<T> {
        T take();
    }

    <T> T take(Turn<T> turn) {
        oneCell.lock();
        try {
            stopped = false;
            busy = true;
            return turn.take();
        } finally {
            busy = false;
            oneCell.unlock();
        }
    }

    /** Work with a statement that {@link #cancel} may cancel meanwhile. */
    interface Work {
        void on(Statement statement) throws SQLException;
    }

    void during(Statement statement, Work work) throws SQLException {
        running = statement;
        try {
            work.on(statement);
        } finally {
            running = null;
        }
    }

    /** Asks the server to stop what the cell runs, until the cell has ended: a request that comes too early is lost. */
    void cancel() {
        if (busy) {
            stopped = true;
            Thread.ofVirtual().name("cancel " + session).start(this::cancelUntilOver);
        }
    }

    private void cancelUntilOver() {
        try {
            for (int i = 0; i < MAX_CANCELS && busy && stopped; i++) {
                var now = running;
                if (now != null) {
                    now.cancel();
                }
                Thread.sleep(BETWEEN_CANCELS);
            }
        } catch (SQLException e) {
            stopped = true; // the server is not reachable, and the statement ends with that error itself
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a cell has its turn. */
    boolean isBusy() {
        return busy;
    }

    /** Whether the cell is to stop. */
    boolean isStopped() {
        return stopped;
    }
}

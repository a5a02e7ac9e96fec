package kernel.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one cell at a time use a session; whatever it runs can be cancelled meanwhile. */
final class SessionLock {
    private static final Duration BETWEEN_CANCELS = Duration.ofMillis(50);
    private static final int MAX_CANCELS = 100;
    private final String session;
    private final ReentrantLock oneCell = new ReentrantLock(true);
    private volatile Statement running;
    private volatile boolean busy;
    private volatile boolean stopped;

    /** @param session as a sentence names it */
    SessionLock(String session) {
        this.session = session;
    }

    /** Does something with the session while no other cell does. */
    <T> T hold(Supplier<T> work) {
        oneCell.lock();
        try {
            stopped = false;
            busy = true;
            return work.get();
        } finally {
            busy = false;
            oneCell.unlock();
        }
    }

    /** Work with a statement that {@link #cancel} may cancel meanwhile. */
    interface Work<T> {
        /** Runs while nobody else uses the session. */
        T on(Statement statement) throws SQLException;
    }

    <T> T during(Statement statement, Work<T> work) throws SQLException {
        running = statement;
        try {
            return work.on(statement);
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

    /** Whether no cell holds it, or none does any more before this time has passed. */
    boolean isFreeWithin(Duration patience) {
        try {
            var isFree = oneCell.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (isFree) {
                oneCell.unlock();
            }
            return isFree;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Closes the connection under what runs, which ends with an error then. */
    void abort() {
        var now = running;
        try {
            if (now != null) {
                now.getConnection().abort(Runnable::run);
            }
        } catch (SQLException e) {
            // it is closed by now, which is what was wanted
        }
    }

    /** Whether a cell holds it. */
    boolean isBusy() {
        return busy;
    }

    /** Whether the cell is to stop. */
    boolean isStopped() {
        return stopped;
    }
}

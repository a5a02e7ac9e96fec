package grading;

import lab.LabException;

/** Keeps one worker ready. A worker that an answer may have damaged is ended, and another one started at once. */
final class Workers implements AutoCloseable {
    private static final long START_NANOS = 30_000_000_000L;
    private final Limits limits;
    private WorkerProcess ready;
    private boolean greeted;

    Workers(Limits limits) {
        this.limits = limits;
        ready = WorkerProcess.start(limits);
    }

    /** The worker, when it has said that it is ready. */
    synchronized WorkerProcess take() throws InterruptedException {
        if (ready == null || !ready.isAlive()) {
            replace();
        }
        if (!greeted) {
            var greeting = ready.next(START_NANOS);
            if (!greeting.equals(java.util.List.of("ready"))) {
                throw new LabException("the JVM for answers did not start within " + START_NANOS / 1_000_000_000L + " s.\n" + ready.strayOutput());
            }
            greeted = true;
        }
        return ready;
    }

    /** Ends the worker, and starts the next. */
    synchronized void replace() {
        end();
        ready = WorkerProcess.start(limits);
        greeted = false;
    }

    /** Ends the worker; the next one starts when it is asked for. */
    synchronized void end() {
        if (ready != null) {
            ready.close();
            ready = null;
        }
    }

    @Override public synchronized void close() {
        end();
    }
}

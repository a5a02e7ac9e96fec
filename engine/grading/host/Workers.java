package grading.host;

import grading.protocol.Limits;
import grading.protocol.Logins;
import java.util.List;
import java.util.Optional;
import lab.LabException;
import lab.Login;
import timing.Phases;

/** Keeps one worker ready. A worker that an answer may have damaged is ended, and another one started at once. */
final class Workers implements AutoCloseable {
    private static final long START_NANOS = 30_000_000_000L;
    private final Limits limits;
    private volatile WorkerProcess ready;
    private volatile Optional<Login> server = Optional.empty();
    private boolean greeted;
    private boolean rehearsed;

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
            if (!greeting.equals(List.of("ready"))) {
                throw new LabException("the JVM for answers did not start within " + START_NANOS / 1_000_000_000L + " s.\n" + ready.strayOutput());
            }
            greeted = true;
            Phases.note("greeted");
        }
        return ready;
    }

    /** Ends the worker, and starts the next. */
    synchronized void replace() {
        end();
        ready = WorkerProcess.start(limits);
        greeted = false;
        rehearsed = false;
        server.ifPresent(this::meet);
    }

    /** Lets every worker connect to the server once before it has to. Waits for nobody. */
    void meet(Login login) {
        server = Optional.of(login);
        var worker = ready;
        if (worker != null) {
            worker.send(List.of("meet"), Logins.fields(login));
        }
    }

    /** Lets a worker that has not done so compile these, so that it will be quick when it has to. */
    synchronized void rehearse(String verifier, List<String> sources) {
        if (ready != null && !rehearsed) {
            rehearsed = true;
            ready.send(List.of("rehearse", verifier), sources);
        }
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

package grading.host;

import grading.protocol.Limits;
import grading.protocol.WorkerCommand;
import grading.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lab.LabException;
import lab.Login;
import timing.Phases;

/** Keeps one worker ready. A worker that an answer may have damaged is ended, and another one started at once. */
final class Workers implements AutoCloseable {
    private final Limits limits;
    private final Sandbox sandbox;
    private volatile WorkerProcess current;
    private volatile Optional<Login> server = Optional.empty();
    private final List<Thread> background = new ArrayList<>();
    private boolean compilerIsWarm;

    Workers(Limits limits, Sandbox sandbox) {
        this.limits = limits;
        this.sandbox = sandbox;
        current = WorkerProcess.start(limits, sandbox);
    }

    /** The worker, once it has said that it is ready. @throws LabException where it does not */
    synchronized WorkerProcess take() throws InterruptedException {
        if (current == null || !current.isAlive()) {
            replace();
        }
        if (!current.awaitReady()) {
            throw new LabException("the JVM for answers did not start within " + WorkerProcess.START.toSeconds() + " s.\n" + current.otherOutput());
        }
        Phases.note("greeted");
        return current;
    }

    /** Ends the worker, and starts the next. */
    synchronized void replace() {
        end();
        current = WorkerProcess.start(limits, sandbox);
        compilerIsWarm = false;
        server.ifPresent(this::warmUpConnections);
    }

    /** Lets this worker and all after it connect once to the server before they have to. Waits for nobody. */
    void warmUpConnections(Login login) {
        server = Optional.of(login);
        var worker = current;
        if (worker != null) {
            worker.send(new WorkerCommand.WarmUpConnection(login));
        }
    }

    /** Lets a worker that has not done so compile these, so that it will be quick when it has to. Waits for nobody. */
    synchronized void warmUpCompiler(Path verifier, List<Path> sources) {
        if (current != null && !compilerIsWarm) {
            compilerIsWarm = true;
            current.send(new WorkerCommand.WarmUpCompiler(verifier, sources));
        }
    }

    /** The same, and waits for neither. */
    synchronized void renew() {
        var spent = current;
        current = WorkerProcess.start(limits, sandbox);
        compilerIsWarm = false;
        background.removeIf(thread -> !thread.isAlive());
        inBackground(() -> server.ifPresent(this::warmUpConnections));
        if (spent != null) {
            inBackground(spent::close);
        }
    }

    private void inBackground(Runnable work) {
        background.add(Thread.ofPlatform().name("workers").start(work));
    }

    private void end() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    @Override public synchronized void close() {
        end();
        try {
            for (var one : background) {
                one.join(WorkerProcess.START);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package grading.host;

import grading.protocol.Limits;
import grading.protocol.WorkerCommand;
import grading.protocol.WorkerReport;
import grading.sandbox.Sandbox;
import java.time.Duration;
import java.util.Optional;

/**
 * A worker that only compiles, for one learner after the other: no code of an answer ever runs in it, so nobody has to end it, and it is
 * warm when the next one comes. It is in a sandbox all the same, because somebody may find a way to have the compiler harm others.
 */
final class CompilingWorker implements AutoCloseable {
    /** The rest is left to the learner's own worker, and to the limits that it has. */
    private static final Duration COMPILATION = Duration.ofSeconds(15);
    private final Limits limits;
    private final Sandbox sandbox;
    private WorkerProcess worker;

    CompilingWorker(Limits limits, Sandbox sandbox) {
        this.limits = limits;
        this.sandbox = sandbox;
        worker = WorkerProcess.start(limits, sandbox);
    }

    /**
     * Compiles an answer and its verifier.
     *
     * @return {@link WorkerReport.Classes} or {@link WorkerReport.Refused}; empty where neither comes, as when the compiler has no memory left:
     *     then a new process is started for the next
     */
    Optional<WorkerReport> compile(WorkerCommand.Compile command) throws InterruptedException {
        if (worker.awaitReady()) {
            worker.send(new WorkerCommand.CompileOnly(command));
            var report = worker.next(COMPILATION.toNanos());
            if (report instanceof WorkerReport.Classes || report instanceof WorkerReport.Refused) {
                return Optional.of(report);
            }
        }
        replace();
        return Optional.empty();
    }

    private void replace() {
        worker.close();
        worker = WorkerProcess.start(limits, sandbox);
    }

    @Override public void close() {
        worker.close();
    }
}

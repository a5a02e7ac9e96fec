package kernel.jshell;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import kernel.cell.Cell;
import kernel.cell.Ending;
import kernel.cell.Witness;

/** Runs cells, each when the one before it is over, and stops the one that runs. */
final class CellRuns {
    private final CompletableFuture<Engine> engine;
    private final ExecutorService evaluating;
    private final Hearing hearing;
    private final Variables variables;
    private final Set<String> evaluated;
    private final AtomicReference<CellRun> current = new AtomicReference<>();

    /**
     * @param evaluating the one thread in which everything is evaluated
     * @param evaluated  takes the pieces that went well
     */
    CellRuns(CompletableFuture<Engine> engine, ExecutorService evaluating, Hearing hearing, Variables variables, Set<String> evaluated) {
        this.engine = engine;
        this.evaluating = evaluating;
        this.hearing = hearing;
        this.variables = variables;
        this.evaluated = evaluated;
    }

    /** Whether no cell runs. */
    boolean isIdle() {
        return current.get() == null;
    }

    /** @see JavaKernel#run */
    Ending run(Cell cell, Witness witness) throws InterruptedException {
        var run = new CellRun(cell, hearing, variables, evaluated);
        current.set(run);
        var ending = evaluating.submit(() -> evaluate(run, witness));
        try {
            return ending.get();
        } catch (InterruptedException e) {
            stop(() -> { });
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private Ending evaluate(CellRun run, Witness witness) {
        if (engine.isCompletedExceptionally()) {
            current.compareAndSet(run, null);
            run.over();
            return new Ending.Lost(engine.exceptionNow().getMessage());
        }
        hearing.by(witness);
        try {
            return run.in(engine.join());
        } finally {
            current.compareAndSet(run, null);
            run.over();
        }
    }

    /** @see JavaKernel#stop(Runnable) */
    Stopping stop(Runnable cancel) {
        var run = current.get();
        if (run == null) {
            return Stopping.NOTHING;
        }
        run.stop();
        if (!engine.isDone() || engine.isCompletedExceptionally()) {
            return Stopping.SNIPPET; // it has not begun, and will not
        }
        var child = engine.join().child();
        if (new StopAttempts(engine.join().control(), run).succeed(cancel)) {
            return child.isAlive() ? Stopping.SNIPPET : Stopping.KILLED;
        }
        run.kill();
        child.end();
        run.isOverWithin(StopAttempts.LONGEST_MS);
        return Stopping.KILLED;
    }
}

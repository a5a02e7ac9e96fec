package kernel.jshell;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;

/** Runs cells, each after the one before it has ended, and stops the one that runs. */
final class JavaCellRuns {
    private final CompletableFuture<JShellEngine> engine;
    private final ExecutorService evaluating;
    private final OutputForwarder forwarder;
    private final JavaVariables variables;
    private final Set<String> evaluated;
    private final AtomicReference<JavaCellRun> current = new AtomicReference<>();

    /**
     * @param evaluating the one thread in which everything is evaluated
     * @param evaluated  gets the sources of snippets that have run without a failure
     */
    JavaCellRuns(CompletableFuture<JShellEngine> engine, ExecutorService evaluating, OutputForwarder forwarder, JavaVariables variables, Set<String> evaluated) {
        this.engine = engine;
        this.evaluating = evaluating;
        this.forwarder = forwarder;
        this.variables = variables;
        this.evaluated = evaluated;
    }

    /** Whether no cell runs. */
    boolean isIdle() {
        return current.get() == null;
    }

    /** @see JavaKernel#run */
    CellResult run(Cell cell, CellListener listener) throws InterruptedException {
        var run = new JavaCellRun(cell, forwarder, variables, evaluated);
        current.set(run);
        var result = evaluating.submit(() -> evaluate(run, listener));
        try {
            return result.get();
        } catch (InterruptedException e) {
            stop(() -> { });
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private CellResult evaluate(JavaCellRun run, CellListener listener) {
        if (engine.isCompletedExceptionally()) {
            current.compareAndSet(run, null);
            run.over();
            return new CellResult.Lost(engine.exceptionNow().getMessage());
        }
        forwarder.to(listener);
        try {
            return run.in(engine.join());
        } finally {
            current.compareAndSet(run, null);
            run.over();
        }
    }

    /** @see JavaKernel#stop(Runnable) */
    StopOutcome stop(Runnable cancel) {
        var run = current.get();
        if (run == null) {
            return StopOutcome.NOTHING;
        }
        run.stop();
        if (!engine.isDone() || engine.isCompletedExceptionally()) {
            return StopOutcome.SNIPPET; // it has not begun, and will not
        }
        var child = engine.join().child();
        if (new StopAttempts(engine.join().control(), run).succeed(cancel)) {
            return child.isAlive() ? StopOutcome.SNIPPET : StopOutcome.KILLED;
        }
        run.kill();
        child.end();
        run.isOverWithin(StopAttempts.MAX_MS);
        return StopOutcome.KILLED;
    }
}

package browser.notebook;

import browser.notebook.state.Effect;
import browser.notebook.state.RuntimeEvent;
import browser.runtime.Kernels;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The cells that run now, each in a thread of its own. */
final class CellRuns implements AutoCloseable {
    /** A cell that cannot be stopped ends with its kernel. */
    private static final Duration UNTIL_ENDED = Duration.ofSeconds(3);
    private final NotebookWriter writer;
    private final NotebookRuntime runtime;
    private final Set<CellExecution> running = ConcurrentHashMap.newKeySet();

    CellRuns(NotebookWriter writer, NotebookRuntime runtime) {
        this.writer = writer;
        this.runtime = runtime;
    }

    /** Returns at once. */
    void start(Effect.RunCell cell) {
        var execution = new CellExecution(cell, writer, runtime, running::remove);
        running.add(execution);
        execution.start();
    }

    /** Stops all. Returns at once; those that have not begun to run are told that they need not. */
    void stop(int generation) {
        running.forEach(CellExecution::stop);
        var kernels = runtime.kernels();
        Thread.ofVirtual().name("stop").start(() -> {
            try {
                kernels.ifPresent(Kernels::stop);
            } finally {
                writer.post(new RuntimeEvent.StopOver(generation));
            }
        });
    }

    /** Stops all, and waits for a moment until they have ended. */
    @Override public void close() {
        running.forEach(CellExecution::stop);
        runtime.kernels().filter(kernels -> !running.isEmpty()).ifPresent(Kernels::stop);
        var end = System.nanoTime() + UNTIL_ENDED.toNanos();
        running.forEach(execution -> execution.awaitEnd(end));
        running.forEach(CellExecution::interrupt);
    }
}

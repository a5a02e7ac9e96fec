package browser.notebook;

import browser.notebook.state.CellState;
import browser.notebook.state.Cells;
import browser.notebook.state.Effect;
import browser.notebook.state.RuntimeEvent;
import browser.runtime.CellNames;
import browser.runtime.Kernels;
import browser.runtime.NeededCells;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kernel.cell.Cell;
import kernel.cell.CellResult;
import kernel.output.Output;

/** Runs a cell whose turn it is, from its beginning to its end, and posts how it goes. */
final class CellExecution {
    private final int run;
    private final Cell cell;
    private final NotebookWriter writer;
    private final NotebookRuntime runtime;
    private final Kernels kernels;
    private final Thread thread;
    private volatile boolean isStopped;

    /** @param atEnd is told when nothing more is posted */
    CellExecution(Effect.RunCell effect, NotebookWriter writer, NotebookRuntime runtime, Consumer<CellExecution> atEnd) {
        this.run = effect.run();
        this.cell = effect.cell();
        this.writer = writer;
        this.runtime = runtime;
        this.kernels = runtime.kernels().orElseThrow();
        this.thread = Thread.ofVirtual().name("cell " + cell.id()).unstarted(() -> {
            try {
                run();
            } finally {
                atEnd.accept(this);
            }
        });
    }

    void start() {
        thread.start();
    }

    /** A stop does not reach a kernel that is still starting. */
    void stop() {
        isStopped = true;
    }

    void interrupt() {
        thread.interrupt();
    }

    /** @param end by {@link System#nanoTime} */
    void awaitEnd(long end) {
        try {
            thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        writer.post(new RuntimeEvent.Began(run, Instant.now()));
        var names = names();
        var sink = new CellOutputSink(run, writer);
        kernels.await(cell.language());
        var start = System.nanoTime();
        var result = isStopped ? new CellResult.Stopped() : run(sink);
        if (result instanceof CellResult.Lost(String why)) {
            sink.shown(new Output.Failure("Gone", why, "", "", "", "", 0));
        }
        sink.end();
        writer.post(new RuntimeEvent.Ended(run, result, (System.nanoTime() - start) / 1_000_000, Instant.now(), kernels.isJavaAlive(), kernels.sessions()));
        var isServerGone = !(result instanceof CellResult.Done) && runtime.server().isGone();
        var settled = writer.post(new RuntimeEvent.Settled(run, result, names.join(), isServerGone, kernels.isJavaAlive()));
        if (result instanceof CellResult.Failed) {
            settled.handle((next, refused) -> writer.state().cells()).thenAccept(cells -> explain(cells, sink.failure())).join();
        }
    }

    /** Says which cells this one needs. Reading their texts takes a moment, and the next does not wait for it. */
    private void explain(Cells cells, Optional<Output.Failure> failure) {
        cells.find(cell.id()).map(CellState::known)
            .flatMap(failed -> NeededCells.of(cells.above(cell.id()).stream().map(CellState::known).toList(), failed, failure))
            .ifPresent(need -> writer.post(new RuntimeEvent.Explained(run, need)));
    }

    /** Begins to read which names the cell defines and uses. That takes a moment, the first time half a second. */
    private CompletableFuture<CellNames> names() {
        return CompletableFuture.supplyAsync(() -> CellNames.by(cell, Kernels::names), Thread.ofVirtual()::start)
            .exceptionally(unreadable -> new CellNames(Set.of(), Set.of()));
    }

    private CellResult run(CellOutputSink sink) {
        try {
            return kernels.run(cell, sink);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CellResult.Stopped();
        } catch (RuntimeException e) {
            return new CellResult.Lost(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }
}

package kernel.jshell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import kernel.cell.Cell;
import kernel.cell.Ending;

/** One run of one cell. */
final class CellRun {
    private final Cell cell;
    private final Hearing hearing;
    private final Variables variables;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile boolean killed;

    CellRun(Cell cell, Hearing hearing, Variables variables) {
        this.cell = cell;
        this.hearing = hearing;
        this.variables = variables;
    }

    void stop() {
        stopped = true;
    }

    void kill() {
        killed = true;
    }

    void over() {
        over.countDown();
    }

    boolean isOverWithin(long ms) {
        try {
            return over.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs it to its end, in this thread. */
    Ending in(Engine engine) {
        try {
            if (!engine.child().isAlive()) {
                return lost(engine);
            }
            engine.control().begin(cell.id());
            var ending = evaluate(engine);
            if (!engine.child().isAlive()) {
                return lost(engine);
            }
            sayWhatIsLeftOut(engine);
            return stopped ? new Ending.Stopped() : ending;
        } catch (ExecutionControlException | IOException | IllegalStateException e) {
            if (!engine.child().isAlive()) {
                return lost(engine);
            }
            throw new IllegalStateException("JShell and its child do not understand each other: " + e.getMessage(), e);
        }
    }

    private Ending evaluate(Engine engine) throws ExecutionControlException, IOException {
        var snippets = new Snippets(engine.shell(), cell.source());
        var waiting = new ArrayList<Came.Waiting>();
        Came last = new Came.Done();
        for (var piece : snippets.pieces()) {
            if (stopped) {
                return new Ending.Stopped();
            }
            for (var came : snippets.evaluate(piece)) {
                if (stopped || !engine.child().isAlive()) {
                    return new Ending.Stopped();
                }
                if (came.isFailure()) {
                    return failed(came, engine);
                }
                last = came;
            }
            variables.update(engine.shell());
        }
        if (last instanceof Came.Value value) {
            var place = variables.place(value.name());
            if (place.isPresent()) {
                hearing.shown(engine.control().show(value.name(), place.get()));
            }
        }
        return new Ending.Done();
    }

    private Ending failed(Came came, Engine engine) {
        var failure = CellFailures.of(came, cell.source(), engine.control().failure());
        hearing.shown(failure.output());
        return new Ending.Failed(failure.line());
    }

    private void sayWhatIsLeftOut(Engine engine) throws ExecutionControlException, IOException {
        var left = engine.control().end();
        if (left.characters() > 0) {
            hearing.printed("out", "\n… " + left.characters() + " more characters left out\n");
        }
        if (left.outputs() > 0) {
            hearing.printed("out", "… " + left.outputs() + " more outputs left out\n");
        }
    }

    private Ending lost(Engine engine) {
        var again = " Its variables are gone. Run the cells from the top again.";
        if (killed) {
            return new Ending.Lost("The cell did not stop, so its Java process was ended." + again);
        }
        var code = engine.child().exitCode();
        return new Ending.Lost("The Java process of this page ended" + (code < 0 ? "" : " with exit code " + code)
            + engine.child().words() + "." + again);
    }
}

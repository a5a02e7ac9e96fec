package kernel.jshell;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import kernel.cell.Cell;
import kernel.cell.Ending;

/** One run of one cell: it ends by itself, is stopped, or is lost with its process. */
final class CellRun {
    private final Cell cell;
    private final Hearing hearing;
    private final Variables variables;
    private final Set<String> evaluated;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile boolean killed;

    CellRun(Cell cell, Hearing hearing, Variables variables, Set<String> evaluated) {
        this.cell = cell;
        this.hearing = hearing;
        this.variables = variables;
        this.evaluated = evaluated;
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
            if (stopped) {
                return new Ending.Stopped();
            }
            engine.orders().begin(cell.id());
            var ending = new CellEvaluation(cell, engine, hearing, variables, evaluated, () -> stopped).run();
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

    private void sayWhatIsLeftOut(Engine engine) throws ExecutionControlException, IOException {
        var left = engine.orders().end();
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

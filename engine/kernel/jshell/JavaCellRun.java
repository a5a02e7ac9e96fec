package kernel.jshell;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import kernel.cell.Cell;
import kernel.cell.CellResult;

/** One run of one cell: it ends by itself, is stopped, or is lost with its process. */
final class JavaCellRun {
    private final Cell cell;
    private final OutputForwarder forwarder;
    private final JavaVariables variables;
    private final Set<String> evaluated;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile boolean killed;

    JavaCellRun(Cell cell, OutputForwarder forwarder, JavaVariables variables, Set<String> evaluated) {
        this.cell = cell;
        this.forwarder = forwarder;
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
    CellResult in(JShellEngine engine) {
        try {
            if (!engine.child().isAlive()) {
                return lost(engine);
            }
            if (stopped) {
                return new CellResult.Stopped();
            }
            engine.requests().begin(cell.id());
            var cellResult = new CellEvaluation(cell, engine, forwarder, variables, evaluated, () -> stopped).run();
            if (!engine.child().isAlive()) {
                return lost(engine);
            }
            reportLeftOut(engine);
            return stopped ? new CellResult.Stopped() : cellResult;
        } catch (ExecutionControlException | IOException | IllegalStateException e) {
            if (!engine.child().isAlive()) {
                return lost(engine);
            }
            throw new IllegalStateException("JShell and its child do not understand each other: " + e.getMessage(), e);
        }
    }

    private void reportLeftOut(JShellEngine engine) throws ExecutionControlException, IOException {
        var left = engine.requests().end();
        if (left.characters() > 0) {
            forwarder.printed("out", "\n… " + left.characters() + " more characters left out\n");
        }
        if (left.outputs() > 0) {
            forwarder.printed("out", "… " + left.outputs() + " more outputs left out\n");
        }
    }

    private CellResult lost(JShellEngine engine) {
        var advice = " Its variables are gone. Run the cells from the top again.";
        if (killed) {
            return new CellResult.Lost("The cell did not stop, so its Java process was ended." + advice);
        }
        var code = engine.child().exitCode();
        return new CellResult.Lost("The Java process of this page ended" + (code < 0 ? "" : " with exit code " + code)
            + engine.child().describe() + "." + advice);
    }
}

package kernel.jshell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import jdk.jshell.spi.ExecutionControl.StoppedException;
import kernel.cell.Cell;
import kernel.cell.Ending;

/** One run of one cell. */
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
            var declared = new HashSet<String>();
            for (var came : snippets.evaluate(piece)) {
                if (stopped || !engine.child().isAlive()) {
                    return new Ending.Stopped();
                }
                if (came.isFailure()) {
                    return failed(came, engine);
                }
                if (came instanceof Came.Value value) {
                    declared.add(value.name());
                }
                if (came instanceof Came.Waiting one) {
                    waiting.add(one);
                }
                last = came;
            }
            evaluated.add(piece.source());
            keepValues(engine, declared);
        }
        sayWhatWaits(waiting, engine);
        if (last instanceof Came.Value value) {
            var place = variables.place(value.name());
            if (place.isPresent()) {
                return shown(value.name(), place.get(), engine);
            }
        }
        return new Ending.Done();
    }

    /** The learner's own toString may take for ever. */
    private Ending shown(String name, Place place, Engine engine) throws ExecutionControlException, IOException {
        try {
            hearing.shown(engine.orders().show(name, place));
            return new Ending.Done();
        } catch (StoppedException e) {
            return new Ending.Stopped();
        }
    }

    /** What was not declared when it was needed may have been since. */
    private void sayWhatWaits(List<Came.Waiting> waiting, Engine engine) {
        for (var one : waiting) {
            var missing = Snippets.missing(engine.shell(), one.declared());
            if (!missing.isEmpty()) {
                hearing.printed("err", one.declared() + " can be used once " + String.join(" and ", missing) + " is declared.\n");
            }
        }
    }

    /**
     * A class that changed its shape is another class for the JVM, and variables whose types or initial values name it are
     * moved with it. Those whose values still fit are carried along; of the others the learner is told.
     */
    private void keepValues(Engine engine, Set<String> declared) throws ExecutionControlException, IOException {
        var changes = variables.update(engine.shell());
        for (var name : changes.gone()) {
            hearing.printed("err", name + " is gone now, because its declaration does not fit what has been declared anew. Run its cell again.\n");
        }
        for (var each : changes.moved().entrySet()) {
            if (!declared.contains(each.getKey().field()) && !engine.orders().carry(each.getValue(), each.getKey())) {
                hearing.printed("err", each.getKey().field() + " is empty now, because what it was made of has been declared anew. Run its cell again.\n");
            }
        }
    }

    private Ending failed(Came came, Engine engine) {
        var failure = CellFailures.of(came, cell.source(), engine.control().failure());
        hearing.shown(failure.output());
        return new Ending.Failed(failure.line());
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

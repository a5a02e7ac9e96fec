package kernel.jshell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import jdk.jshell.spi.ExecutionControl.StoppedException;
import kernel.cell.Cell;
import kernel.cell.Ending;
import kernel.jshell.snippet.Came;
import kernel.jshell.snippet.Snippets;

/** The snippets of one cell, one after the other, until the first that fails; the value of the last one is shown. */
final class CellEvaluation {
    private final Cell cell;
    private final Engine engine;
    private final Hearing hearing;
    private final Variables variables;
    private final Set<String> evaluated;
    private final BooleanSupplier isStopped;

    /** @param evaluated takes the pieces that went well */
    CellEvaluation(Cell cell, Engine engine, Hearing hearing, Variables variables, Set<String> evaluated, BooleanSupplier isStopped) {
        this.cell = cell;
        this.engine = engine;
        this.hearing = hearing;
        this.variables = variables;
        this.evaluated = evaluated;
        this.isStopped = isStopped;
    }

    Ending run() throws ExecutionControlException, IOException {
        var snippets = new Snippets(engine.shell(), cell.source());
        var waiting = new ArrayList<Came.Waiting>();
        Came last = new Came.Done();
        for (var piece : snippets.pieces()) {
            if (isStopped.getAsBoolean()) {
                return new Ending.Stopped();
            }
            var declared = new HashSet<String>();
            for (var came : snippets.evaluate(piece)) {
                if (isStopped.getAsBoolean() || !engine.child().isAlive()) {
                    return new Ending.Stopped();
                }
                if (came.isFailure()) {
                    return failed(came);
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
            keepValues(declared);
        }
        sayWhatWaits(waiting);
        return shown(last);
    }

    private Ending failed(Came came) {
        var failure = CellFailures.of(came, cell.source(), engine.control().failure());
        hearing.shown(failure.output());
        return new Ending.Failed(failure.line());
    }

    /**
     * A class that changed its shape is another class for the JVM, and variables whose types or initial values name it are
     * moved with it. Those whose values still fit are carried along; of the others the learner is told.
     */
    private void keepValues(Set<String> declared) throws ExecutionControlException, IOException {
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

    /** What was not declared when it was needed may have been since. */
    private void sayWhatWaits(List<Came.Waiting> waiting) {
        for (var one : waiting) {
            var missing = Snippets.missing(engine.shell(), one.declared());
            if (!missing.isEmpty()) {
                hearing.printed("err", one.declared() + " can be used once " + String.join(" and ", missing) + " is declared.\n");
            }
        }
    }

    private Ending shown(Came last) throws ExecutionControlException, IOException {
        if (last instanceof Came.Value value) {
            var place = variables.place(value.name());
            if (place.isPresent()) {
                return shown(value.name(), place.get());
            }
        }
        return new Ending.Done();
    }

    /** The learner's own toString may take for ever. */
    private Ending shown(String name, Place place) throws ExecutionControlException, IOException {
        try {
            hearing.shown(engine.orders().show(name, place));
            return new Ending.Done();
        } catch (StoppedException e) {
            return new Ending.Stopped();
        }
    }
}

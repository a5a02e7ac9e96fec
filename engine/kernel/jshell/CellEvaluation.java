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
import kernel.cell.CellResult;
import kernel.jshell.snippet.SnippetResult;
import kernel.jshell.snippet.Snippets;

/** The snippets of one cell, one after the other, until the first that fails; the value of the last one is shown. */
final class CellEvaluation {
    private final Cell cell;
    private final JShellEngine engine;
    private final OutputForwarder forwarder;
    private final JavaVariables variables;
    private final Set<String> evaluated;
    private final BooleanSupplier isStopped;

    /** @param evaluated gets the sources of snippets that have run without a failure */
    CellEvaluation(Cell cell, JShellEngine engine, OutputForwarder forwarder, JavaVariables variables, Set<String> evaluated, BooleanSupplier isStopped) {
        this.cell = cell;
        this.engine = engine;
        this.forwarder = forwarder;
        this.variables = variables;
        this.evaluated = evaluated;
        this.isStopped = isStopped;
    }

    CellResult run() throws ExecutionControlException, IOException {
        var snippets = new Snippets(engine.shell(), cell.source());
        var waiting = new ArrayList<SnippetResult.Waiting>();
        SnippetResult last = new SnippetResult.Done();
        for (var snippet : snippets.pieces()) {
            if (isStopped.getAsBoolean()) {
                return new CellResult.Stopped();
            }
            var declared = new HashSet<String>();
            for (var snippetResult : snippets.evaluate(snippet)) {
                if (isStopped.getAsBoolean() || !engine.child().isAlive()) {
                    return new CellResult.Stopped();
                }
                if (snippetResult.isFailure()) {
                    return failed(snippetResult, snippets);
                }
                if (snippetResult instanceof SnippetResult.Value value) {
                    declared.add(value.name());
                }
                if (snippetResult instanceof SnippetResult.Waiting one) {
                    waiting.add(one);
                }
                last = snippetResult;
            }
            evaluated.add(snippet.source());
            keepValues(declared);
        }
        reportWaiting(waiting);
        return shown(last);
    }

    private CellResult failed(SnippetResult snippetResult, Snippets snippets) {
        var failure = CellFailures.of(snippetResult, cell.source(), snippets.pieces(), engine.control().failure());
        forwarder.shown(failure.output());
        return new CellResult.Failed(failure.line());
    }

    /**
     * A class that changed its shape is another class for the JVM, and variables whose types or initial values name it are
     * moved with it. Those whose values still fit are carried along; of the others the learner is told.
     */
    private void keepValues(Set<String> declared) throws ExecutionControlException, IOException {
        var changes = variables.update(engine.shell());
        for (var name : changes.gone()) {
            forwarder.printed("err", name + " is gone now, because its declaration does not fit what has been declared anew. Run its cell again.\n");
        }
        for (var each : changes.moved().entrySet()) {
            if (!declared.contains(each.getKey().field()) && !engine.requests().move(each.getValue(), each.getKey())) {
                forwarder.printed("err", each.getKey().field() + " is empty now, because what it was made of has been declared anew. Run its cell again.\n");
            }
        }
    }

    /** What was not declared when it was needed may have been since. */
    private void reportWaiting(List<SnippetResult.Waiting> waiting) {
        for (var one : waiting) {
            var missing = Snippets.missing(engine.shell(), one.declared());
            if (!missing.isEmpty()) {
                forwarder.printed("err", new SnippetResult.Waiting(one.declared(), missing).sentence() + "\n");
            }
        }
    }

    private CellResult shown(SnippetResult last) throws ExecutionControlException, IOException {
        if (last instanceof SnippetResult.Value value) {
            var location = variables.location(value.name());
            if (location.isPresent()) {
                return shown(value.name(), location.get());
            }
        }
        return new CellResult.Done();
    }

    /** The learner's own toString may never end. */
    private CellResult shown(String name, JavaVariables.Location location) throws ExecutionControlException, IOException {
        try {
            forwarder.shown(engine.requests().show(name, location));
            return new CellResult.Done();
        } catch (StoppedException e) {
            return new CellResult.Stopped();
        }
    }
}

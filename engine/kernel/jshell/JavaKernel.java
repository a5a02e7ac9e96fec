package kernel.jshell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.cell.CellVariables;
import kernel.cell.Completion;
import kernel.jshell.snippet.JavaCompletion;
import kernel.jshell.snippet.JavaNames;
import kernel.output.Output;

/**
 * Runs the Java cells of one page, one after the other, in a JVM of the page's own. Variables, methods and records stay
 * from cell to cell. A cell that does not stop costs that JVM and nothing else.
 */
public final class JavaKernel implements CellVariables, AutoCloseable {
    private final ExecutorService evaluating = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("cells").factory());
    private final JavaVariables variables = new JavaVariables();
    private final Set<String> evaluated = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<JShellEngine> engine;
    private final JavaCellRuns runs;
    private final VariableExchange variableExchange;
    private volatile boolean closed;

    private JavaKernel(KernelSetup setup) {
        var forwarder = new OutputForwarder();
        // All evaluation happens in this one thread: JShell takes one snippet at a time, and leaves its class loader with the thread.
        engine = CompletableFuture.supplyAsync(() -> JShellEngine.ready(setup, forwarder, variables), evaluating);
        runs = new JavaCellRuns(engine, evaluating, forwarder, variables, evaluated);
        variableExchange = new VariableExchange(engine, evaluating, variables);
        engine.thenAccept(started -> Thread.ofVirtual().name("warm-up").start(() -> KernelWarmUp.run(started, variables, evaluating, () -> !closed && runs.isIdle())));
    }

    /** Returns at once; the child and JShell are made in the background, and the first cell waits for them. */
    public static JavaKernel start(KernelSetup setup) {
        return new JavaKernel(setup);
    }

    /** Whether cells can run: the child lives, or is still being made. */
    public boolean alive() {
        return !closed && !engine.isCompletedExceptionally() && (!engine.isDone() || engine.join().child().isAlive());
    }

    /** Waits until cells can run. Throws {@link lab.LabException} where they cannot. */
    public void awaitReady() {
        try {
            engine.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Runs a cell and waits for its end. What it shows and prints, its failure included, goes to the listener before.
     * One cell at a time; an interrupt stops it.
     */
    public CellResult run(Cell cell, CellListener listener) throws InterruptedException {
        return runs.run(cell, listener);
    }

    /** Stops the cell that runs, where no statement of it waits for PostgreSQL. */
    public StopOutcome stop() {
        return stop(() -> { });
    }

    /**
     * Stops the cell that runs, in less than a second: ends the snippet where that is possible, else its process.
     *
     * @param cancel cancels the statements of the page's backends, because no thread in the driver can be stopped from outside.
     *               Called once or twice, after the cell has been told, so that it takes the cancelled statement for no failure
     */
    public StopOutcome stop(Runnable cancel) {
        return runs.stop(cancel);
    }

    /** What could stand at the cursor; nothing while JShell is being made. */
    public Completion complete(String source, int cursor) {
        return fromFrontEnd(javaCompletion -> javaCompletion.at(source, cursor), Completion.NONE);
    }

    /** Signatures and documentation of what stands at the cursor, as plain text. */
    public Optional<String> describe(String source, int cursor) {
        return fromFrontEnd(javaCompletion -> javaCompletion.documentation(source, cursor), Optional.empty());
    }

    private <T> T fromFrontEnd(Function<JavaCompletion, T> question, T otherwise) {
        if (!engine.isDone() || !alive()) {
            return otherwise;
        }
        try {
            var shell = engine.join().shell();
            synchronized (shell) { // as the warm-up does
                return question.apply(new JavaCompletion(shell, evaluated));
            }
        } catch (IllegalStateException e) {
            return otherwise; // its child has just ended, and JShell with it
        }
    }

    /**
     * The value of a variable, for a bind parameter; empty where it is null. Also while a cell runs.
     *
     * @throws IllegalArgumentException with a message for the learner, where there is no such variable or its value cannot be bound
     */
    @Override public Optional<Object> value(String name) {
        return variableExchange.value(name);
    }

    /**
     * A result of SQL for Java cells: {@code record NameRow(...)} and {@code List<NameRow> name}. Waits for the cell that runs.
     *
     * @throws IllegalArgumentException with a message for the learner, where that cannot be a name in Java, or the rows are too many
     */
    @Override public void define(String name, List<Output.Table.Column> columns, List<List<Object>> rows) {
        variableExchange.define(name, columns, rows);
    }

    /** What the cells have declared, in that order. */
    public List<Variable> variables() {
        return variables.all();
    }

    @Override public List<String> names() {
        return variables.all().stream().map(Variable::name).toList();
    }

    /** The names that a piece of Java defines and uses, to know which cells are stale; needs no child. */
    public static JavaNames names(String source) {
        return JavaNames.of(source);
    }

    /** Ends the child and waits for it, for a few seconds at most. */
    @Override public void close() {
        closed = true;
        stop();
        evaluating.shutdown();
        engine.whenComplete((started, failure) -> {
            if (started != null) {
                started.child().end();
                started.shell().close();
                started.child().awaitEnd();
            }
        });
        try {
            evaluating.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

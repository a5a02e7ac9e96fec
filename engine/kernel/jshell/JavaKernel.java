package kernel.jshell;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import kernel.Output;
import kernel.cell.Cell;
import kernel.cell.Completion;
import kernel.cell.Ending;
import kernel.cell.Witness;
import lab.LabException;

/**
 * Runs the Java cells of one page, one after the other, in a JVM of the page's own. Variables, methods and records stay
 * from cell to cell. A cell that does not stop costs that JVM and nothing else.
 */
public final class JavaKernel implements AutoCloseable {
    private final ExecutorService evaluating = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("cells").factory());
    private final Hearing hearing = new Hearing();
    private final Variables variables = new Variables();
    private final AtomicReference<CellRun> current = new AtomicReference<>();
    private final Set<String> evaluated = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Engine> engine;
    private volatile boolean closed;

    private JavaKernel(Setup setup) {
        // All evaluation happens in this one thread: JShell takes one snippet at a time, and leaves its class loader with the thread.
        engine = CompletableFuture.supplyAsync(() -> begin(setup), evaluating);
        engine.thenAccept(begun -> Thread.ofVirtual().name("warm-up").start(() -> WarmUp.run(begun, evaluating, () -> !closed && current.get() == null)));
    }

    /** Returns at once; the child and JShell are made in the background, and the first cell waits for them. */
    public static JavaKernel start(Setup setup) {
        return new JavaKernel(setup);
    }

    private Engine begin(Setup setup) {
        var begun = Engine.start(setup, hearing);
        try {
            begun.prepare(setup.imports());
            begun.hand(setup);
            begun.offer(setup.members());
            variables.update(begun.shell());
            return begun;
        } catch (RuntimeException e) {
            begun.child().end();
            throw e;
        }
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
     * Runs a cell and waits for its end. What it shows and prints, its failure included, the witness hears before. One cell
     * at a time; an interrupt stops it.
     */
    public Ending run(Cell cell, Witness witness) throws InterruptedException {
        var run = new CellRun(cell, hearing, variables, evaluated);
        current.set(run);
        var ending = evaluating.submit(() -> evaluate(run, witness));
        try {
            return ending.get();
        } catch (InterruptedException e) {
            stop();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private Ending evaluate(CellRun run, Witness witness) {
        if (engine.isCompletedExceptionally()) {
            current.compareAndSet(run, null);
            run.over();
            return new Ending.Lost(engine.exceptionNow().getMessage());
        }
        hearing.by(witness);
        try {
            return run.in(engine.join());
        } finally {
            current.compareAndSet(run, null);
            run.over();
        }
    }

    /** Stops the cell that runs, where no statement of it waits for PostgreSQL. */
    public Stopping stop() {
        return stop(() -> { });
    }

    /**
     * Stops the cell that runs, in less than a second: ends the snippet where that is possible, else its process.
     *
     * @param cancel cancels the statements of the page's backends, because no thread in the driver can be stopped from outside.
     *               Called once or twice, after the cell has been told, so that it takes the cancelled statement for no failure
     */
    public Stopping stop(Runnable cancel) {
        var run = current.get();
        if (run == null) {
            return Stopping.NOTHING;
        }
        run.stop();
        if (!engine.isDone() || engine.isCompletedExceptionally()) {
            return Stopping.SNIPPET; // it has not begun, and will not
        }
        var child = engine.join().child();
        if (new StopAttempts(engine.join().control(), run).succeed(cancel)) {
            return child.isAlive() ? Stopping.SNIPPET : Stopping.KILLED;
        }
        run.kill();
        child.end();
        run.isOverWithin(StopAttempts.LONGEST_MS);
        return Stopping.KILLED;
    }

    /** What could stand at the cursor; nothing while JShell is being made. */
    public Completion complete(String source, int cursor) {
        return fromFrontEnd(completions -> completions.at(source, cursor), Completion.NONE);
    }

    /** Signatures and documentation of what stands at the cursor, as plain text. */
    public Optional<String> describe(String source, int cursor) {
        return fromFrontEnd(completions -> completions.documentation(source, cursor), Optional.empty());
    }

    private <T> T fromFrontEnd(java.util.function.Function<Completions, T> question, T otherwise) {
        if (!engine.isDone() || !alive()) {
            return otherwise;
        }
        try {
            var shell = engine.join().shell();
            synchronized (shell) { // as the warm-up does
                return question.apply(new Completions(shell, evaluated));
            }
        } catch (IllegalStateException e) {
            return otherwise; // its child has just ended, and JShell with it
        }
    }

    /**
     * The value of a variable, for a bind parameter; empty where it is null. Also while a cell runs.
     *
     * @throws IllegalArgumentException with a sentence, where there is no such variable or it is not a value that can be bound
     */
    public Optional<Object> value(String name) {
        var place = variables.place(name).orElseThrow(() ->
            new IllegalArgumentException("There is no Java variable " + name + " yet. Run the cell that declares it first."));
        try {
            return engine.join().orders().value(place);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The Java variable " + name + " " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new IllegalArgumentException("The Java variable " + name + " is gone with its process. Run its cell again.");
        }
    }

    /**
     * A result of SQL for Java cells: {@code record NameRow(...)} and {@code List<NameRow> name}. Waits for the cell that runs.
     *
     * @throws IllegalArgumentException with a sentence, where that cannot be a name in Java, or the rows are too many
     */
    public void define(String name, List<Output.Table.Column> columns, List<List<Object>> rows) {
        var result = new ResultRows(name, columns, rows);
        var defined = evaluating.submit(() -> {
            var ready = engine.join();
            ready.orders().rows(name, result.rows());
            ready.prepare(List.of(result.record(), result.variable()));
            variables.update(ready.shell());
            return null;
        });
        try {
            defined.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new LabException("could not hand the result " + name + " over to Java: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** What the cells have declared, in that order. */
    public List<Variable> variables() {
        return variables.all();
    }

    /** The names that a piece of Java defines and uses, for staleness; needs no child. */
    public static Names names(String source) {
        return Names.of(source);
    }

    /** Ends the child and waits for it, within bounds. */
    @Override public void close() {
        closed = true;
        stop();
        evaluating.shutdown();
        engine.whenComplete((begun, failure) -> {
            if (begun != null) {
                begun.child().end();
                begun.shell().close();
                begun.child().awaitEnd();
            }
        });
        try {
            evaluating.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package kernel.jshell;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import kernel.output.Output;
import lab.LabException;

/** Values that Java and SQL exchange: Java's variables become parameters, and SQL's results become variables. */
final class VariableExchange {
    private final CompletableFuture<JShellEngine> engine;
    private final ExecutorService evaluating;
    private final JavaVariables variables;

    /** @param evaluating the one thread in which everything is evaluated */
    VariableExchange(CompletableFuture<JShellEngine> engine, ExecutorService evaluating, JavaVariables variables) {
        this.engine = engine;
        this.evaluating = evaluating;
        this.variables = variables;
    }

    /** @see JavaKernel#value */
    Optional<Object> value(String name) {
        var location = variables.location(name).orElseThrow(() ->
            new IllegalArgumentException("There is no Java variable " + name + " yet. Run the cell that declares it first."));
        try {
            return engine.join().requests().value(location);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The Java variable " + name + " " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new IllegalArgumentException("The Java variable " + name + " is gone with its process. Run its cell again.");
        }
    }

    /** @see JavaKernel#define */
    void define(String name, List<Output.Table.Column> columns, List<List<Object>> rows) {
        var result = new ResultRows(name, columns, rows);
        var defined = evaluating.submit(() -> {
            var ready = engine.join();
            ready.requests().rows(name, result.rows());
            ready.prepare(List.of(result.record(), result.variable()));
            variables.update(ready.shell());
            return null;
        });
        try {
            defined.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException tooMuch) {
                throw new IllegalArgumentException("A value of the result " + name + " " + tooMuch.getMessage() + ".", tooMuch);
            }
            throw new LabException("could not give the result " + name + " to Java: " + e.getCause().getMessage(), e.getCause());
        }
    }
}

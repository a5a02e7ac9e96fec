package kernel.jshell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import jdk.jshell.Snippet;
import jdk.jshell.spi.ExecutionControl.ExecutionControlException;
import kernel.jshell.snippet.JavaNames;
import kernel.jshell.snippet.Snippets;

/**
 * Uses the time in which somebody reads the page: what a JVM does for the first time takes ten times as long. Nothing of it
 * stays, and a cell waits for one snippet at most.
 */
final class KernelWarmUp {
    /**
     * What cells are made of; nothing that prints, and no value without a name, which JShell would count. No record either:
     * JShell 25 calls every type {@code java.lang.Object} once a type has been dropped, and has no documentation any more.
     */
    private static final List<String> SNIPPETS = List.of("int course_warm = 6 * 7;", "course_warm",
        "var course_warms = List.of(\"a\", \"b\");",
        "String courseWarm(String name) { return \"Hello \" + name; }",
        "for (int i = 0; i < 2; i++) { courseWarm(\"you\").lines().map(line -> line + course_warms).toList(); }");
    private final JShellEngine engine;
    private final JavaVariables known;
    private final List<Snippet> made = new ArrayList<>();

    private KernelWarmUp(JShellEngine engine, JavaVariables known) {
        this.engine = engine;
        this.known = known;
    }

    /**
     * @param known    the cells' variables: a cell between two snippets takes theirs for its own
     * @param thread   the one in which everything is evaluated
     * @param isWanted false as soon as there is real work
     */
    static void run(JShellEngine engine, JavaVariables known, ExecutorService thread, BooleanSupplier isWanted) {
        var warming = new KernelWarmUp(engine, known);
        try {
            for (var each = SNIPPETS.iterator(); each.hasNext() && isWanted.getAsBoolean(); ) {
                var source = each.next();
                thread.submit(() -> warming.evaluate(source)).get();
            }
            thread.submit(warming::forget).get();
            if (isWanted.getAsBoolean()) {
                JavaNames.of(String.join("\n", SNIPPETS));
            }
        } catch (ExecutionException | RejectedExecutionException e) {
            // the child is gone, or the kernel is closed; the next cell reports it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Void evaluate(String source) throws ExecutionControlException, IOException {
        synchronized (engine.shell()) { // JShell compiles one thing at a time, and whoever asks for a completion asks it as well
            evaluateAlone(source);
        }
        return null;
    }

    private void evaluateAlone(String source) throws ExecutionControlException, IOException {
        for (var snippet : new Snippets(engine.shell(), source).pieces()) {
            engine.shell().eval(snippet.source()).forEach(event -> made.add(event.snippet()));
        }
        var variables = new JavaVariables();
        variables.update(engine.shell());
        var location = variables.location("course_warms");
        if (location.isPresent()) {
            engine.requests().show("course_warms", location.get());
        }
    }

    private void forget() {
        var shell = engine.shell();
        synchronized (shell) {
            made.reversed().stream().filter(snippet -> shell.status(snippet).isActive()).forEach(shell::drop);
            known.update(shell); // or the next cell would tell the learner that they are gone
        }
    }
}

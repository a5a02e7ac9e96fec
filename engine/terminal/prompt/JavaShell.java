package terminal.prompt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import kernel.compile.Members;
import kernel.jshell.snippet.SnippetText;
import kernel.jshell.snippet.Snippets;
import kernel.sql.Backends;
import lesson.Program;
import script.LessonRun;
import terminal.screen.Interrupts;

/** JShell in this process, with the lesson's imports, methods and records, and its variables: the very objects. */
final class JavaShell implements AutoCloseable {
    private final Interrupts interrupts;
    private final JShell shell;
    private final JavaControl control;
    private final Backends backends;
    private final Map<String, Object> offered = new HashMap<>();
    private volatile boolean stopped;

    JavaShell(LessonRun run, Interrupts interrupts) {
        this.interrupts = interrupts;
        this.backends = new Backends(run.database());
        var provider = new JavaControl.Provider();
        this.shell = keepingLoader(() -> JShell.builder().executionEngine(provider, Map.of()).out(System.out).err(System.err).build());
        this.control = provider.control();
        shell.addToClasspath(System.getProperty("java.class.path"));
        var program = run.lesson().program();
        shell.eval("import module java.base;");
        Program.imports(program).forEach(shell::eval);
        shell.eval("import static script.Script.*;");
        Members.besidesMain(program).forEach(shell::eval);
    }

    /** Declares the lesson's variables as they are now. Those the learner has changed come back. */
    void offer(Map<String, LessonRun.Variable> variables) {
        variables.forEach((name, variable) -> {
            if (!offered.containsKey(name) || offered.get(name) != variable.value()) {
                offered.put(name, variable.value());
                declare(name, variable);
            }
        });
    }

    private void declare(String name, LessonRun.Variable variable) {
        if (variable.value() == null) {
            shell.eval(variable.type() + " " + name + " = null;");
            return;
        }
        PromptBridge.put(name, variable.value());
        var declared = shell.eval(variable.type() + " " + name + " = " + PromptBridge.class.getName() + ".<" + boxed(variable.type()) + ">get(\"" + name + "\");");
        if (declared.stream().anyMatch(event -> event.status() == Snippet.Status.REJECTED)) {
            shell.eval("Object " + name + " = " + PromptBridge.class.getName() + ".<Object>get(\"" + name + "\");"); // its class is not public
        }
    }

    private static String boxed(String type) {
        return switch (type) {
            case "int" -> "Integer";
            case "char" -> "Character";
            case "long", "double", "float", "boolean", "byte", "short" -> type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
            default -> type;
        };
    }

    /** Runs snippet after snippet, until one fails. */
    List<PromptResult> run(String input) throws Exception {
        return interrupts.during(this::stop, () -> {
            var snippets = new Snippets(shell, input);
            var came = new ArrayList<PromptResult>();
            for (var snippet : snippets.pieces()) {
                came.addAll(evaluate(snippets, snippet));
                if (came.getLast().isFailure()) {
                    break;
                }
            }
            return came;
        });
    }

    private List<PromptResult> evaluate(Snippets snippets, SnippetText snippet) {
        stopped = false;
        var came = keepingLoader(() -> snippets.evaluate(snippet));
        return stopped || came.isEmpty() ? List.of(stopped ? new PromptResult.Stopped() : new PromptResult.Done()) : came.stream().map(this::came).toList();
    }

    private PromptResult came(kernel.jshell.snippet.SnippetResult snippetResult) {
        return switch (snippetResult) {
            case kernel.jshell.snippet.SnippetResult.Done done -> new PromptResult.Done();
            case kernel.jshell.snippet.SnippetResult.Value(var name, var type) -> new PromptResult.Value(name, type, raw(name));
            case kernel.jshell.snippet.SnippetResult.Waiting waiting -> new PromptResult.Noted(waiting.sentence());
            case kernel.jshell.snippet.SnippetResult.Missing missing -> new PromptResult.Missing(missing.sentence());
            case kernel.jshell.snippet.SnippetResult.Refused(var source, var problems) ->
                new PromptResult.Refused(source, problems.stream().map(kernel.jshell.snippet.SnippetResult.Problem::message).toList());
            case kernel.jshell.snippet.SnippetResult.Threw(var exception, var line) ->
                new PromptResult.Threw(control.failure().orElse(exception), line > 0 ? "line " + line : "");
        };
    }

    /** The object itself. */
    private Object raw(String name) {
        return shell.variables().filter(variable -> variable.name().equals(name)).findFirst()
            .flatMap(variable -> control.value(shell.sourceCodeAnalysis().wrapper(variable).fullClassName(), name)).orElse("null");
    }

    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    /** Name and type of everything the prompt knows. */
    List<VarSnippet> variables() {
        return shell.variables().toList();
    }

    /** The snippet, and the statement it may be waiting for: a thread inside the driver cannot be stopped otherwise. */
    private void stop() {
        stopped = true;
        shell.stop();
        backends.cancel();
    }

    /** JShell leaves its own class loader with the thread that builds it; the lesson goes on in this thread. */
    private static <T> T keepingLoader(java.util.function.Supplier<T> work) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override public void close() {
        shell.close();
    }
}

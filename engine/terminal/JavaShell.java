package terminal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import kernel.Members;
import kernel.sql.Backends;
import lesson.Program;
import script.Run;

/** JShell in this process, with the lesson's imports, methods and records, and its variables: the very objects. */
final class JavaShell implements AutoCloseable {
    private final Interrupts interrupts;
    private final JShell shell;
    private final JavaControl control;
    private final Backends backends;
    private final Map<String, Object> offered = new HashMap<>();
    private volatile boolean stopped;

    JavaShell(Run run, Interrupts interrupts) {
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
    void offer(Map<String, Run.Variable> variables) {
        variables.forEach((name, variable) -> {
            if (!offered.containsKey(name) || offered.get(name) != variable.value()) {
                offered.put(name, variable.value());
                declare(name, variable);
            }
        });
    }

    private void declare(String name, Run.Variable variable) {
        if (variable.value() == null) {
            shell.eval(variable.type() + " " + name + " = null;");
            return;
        }
        Bridge.put(name, variable.value());
        var declared = shell.eval(variable.type() + " " + name + " = terminal.Bridge.<" + boxed(variable.type()) + ">get(\"" + name + "\");");
        if (declared.stream().anyMatch(event -> event.status() == Snippet.Status.REJECTED)) {
            shell.eval("Object " + name + " = terminal.Bridge.<Object>get(\"" + name + "\");"); // its class is not public
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
    List<Came> run(String input) throws Exception {
        return interrupts.during(this::stop, () -> {
            var came = new ArrayList<Came>();
            var rest = input;
            while (!rest.isBlank() && (came.isEmpty() || !isFailure(came.getLast()))) {
                var next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
                var source = next.source() == null || next.source().isBlank() ? rest : next.source();
                var start = input.length() - rest.stripLeading().length();
                came.addAll(evaluate(source, (int) input.substring(0, start).chars().filter(c -> c == '\n').count()));
                rest = source.equals(rest) ? "" : next.remaining();
            }
            return came;
        });
    }

    private static boolean isFailure(Came came) {
        return came instanceof Came.Refused || came instanceof Came.Threw || came instanceof Came.Stopped;
    }

    private List<Came> evaluate(String source, int linesBefore) {
        stopped = false;
        var events = keepingLoader(() -> shell.eval(source));
        if (stopped) {
            return List.of(new Came.Stopped());
        }
        return events.stream().filter(event -> event.causeSnippet() == null).map(event -> came(event, linesBefore)).toList();
    }

    private Came came(SnippetEvent event, int linesBefore) {
        if (event.exception() != null) {
            return new Came.Threw(control.failure().orElse(event.exception()), where(event, linesBefore));
        }
        return switch (event.status()) {
            case REJECTED -> new Came.Refused(event.snippet().source(),
                shell.diagnostics(event.snippet()).map(d -> d.getMessage(Locale.ROOT)).toList());
            case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED -> new Came.Refused(event.snippet().source(),
                shell.diagnostics(event.snippet()).map(d -> d.getMessage(Locale.ROOT)).toList());
            default -> value(event);
        };
    }

    private Came value(SnippetEvent event) {
        return switch (event.snippet()) {
            case VarSnippet variable when event.value() != null -> new Came.Value(variable.name(), variable.typeName(), raw(variable, variable.name(), event));
            case ExpressionSnippet expression when event.value() != null ->
                new Came.Value(expression.name(), expression.typeName(), raw(expression, expression.name(), event));
            default -> new Came.Done();
        };
    }

    /** The object itself where JShell keeps it in a field, else what JShell prints of it. */
    private Object raw(Snippet snippet, String name, SnippetEvent event) {
        var variable = shell.variables().filter(v -> v.name().equals(name)).findFirst();
        return variable.flatMap(v -> control.value(shell.sourceCodeAnalysis().wrapper(v).fullClassName(), name))
            .orElse(event.value());
    }

    private static String where(SnippetEvent event, int linesBefore) {
        for (var frame : event.exception().getStackTrace()) {
            if (frame.getFileName() != null && frame.getFileName().startsWith("#")) {
                return "line " + (linesBefore + frame.getLineNumber());
            }
        }
        return "";
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

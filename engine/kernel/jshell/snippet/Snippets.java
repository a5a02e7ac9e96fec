package kernel.jshell.snippet;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import kernel.output.Failures;

/** The snippets of one cell, and JShell's result of each, in terms of the cell. */
public final class Snippets {
    private final JShell shell;
    private final String cell;
    private final List<SnippetText> pieces;
    private final Map<String, Integer> startById = new HashMap<>();

    public Snippets(JShell shell, String cell) {
        this.shell = shell;
        this.cell = cell;
        this.pieces = SnippetText.of(shell.sourceCodeAnalysis(), cell);
    }

    /** The snippets, in the order of the cell. */
    public List<SnippetText> pieces() {
        return pieces;
    }

    /** Runs one of the {@link #pieces}, in this thread. A line can declare several variables, so it can have several results. */
    public List<SnippetResult> evaluate(SnippetText snippet) {
        var events = shell.eval(snippet.source()).stream().filter(event -> event.causeSnippet() == null).toList();
        events.forEach(event -> startById.put(event.snippet().id(), snippet.start()));
        return events.stream().map(event -> result(event, snippet)).toList();
    }

    private SnippetResult result(SnippetEvent event, SnippetText snippet) {
        if (event.exception() != null) {
            return event.exception() instanceof UnresolvedReferenceException missing
                ? new SnippetResult.Missing(missing.getSnippet().name(), shell.unresolvedDependencies(missing.getSnippet()).toList(), line(missing))
                : new SnippetResult.Threw(event.exception(), line(event.exception()));
        }
        return switch (event.status()) {
            case REJECTED -> refused(event, snippet);
            case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED -> unresolved(event, snippet);
            default -> value(event.snippet());
        };
    }

    private static SnippetResult value(Snippet snippet) {
        return switch (snippet) {
            case VarSnippet variable -> new SnippetResult.Value(variable.name(), variable.typeName());
            case ExpressionSnippet expression -> new SnippetResult.Value(expression.name(), expression.typeName());
            default -> new SnippetResult.Done();
        };
    }

    /** A method or a type may name what comes later; a variable or an expression would have to run now. */
    private SnippetResult unresolved(SnippetEvent event, SnippetText snippet) {
        return event.snippet() instanceof DeclarationSnippet declaration && !(declaration instanceof VarSnippet)
            ? new SnippetResult.Waiting(declaration.name(), shell.unresolvedDependencies(declaration).toList())
            : refused(event, snippet);
    }

    private SnippetResult refused(SnippetEvent event, SnippetText snippet) {
        var problems = shell.diagnostics(event.snippet()).filter(Diag::isError)
            .map(diag -> new SnippetResult.Problem(describe(diag) + waiting(diag), snippet.start() + (int) Math.max(0, diag.getPosition()))).toList();
        return new SnippetResult.Refused(event.snippet().source(),
            problems.isEmpty() ? List.of(new SnippetResult.Problem("this is not Java that can run here", snippet.start())) : problems);
    }

    /** Of a name that the compiler does not find, although it was declared: that it waits. */
    private String waiting(Diag diag) {
        return !diag.getCode().startsWith("compiler.err.cant.resolve") ? "" : shell.snippets().filter(DeclarationSnippet.class::isInstance)
            .map(DeclarationSnippet.class::cast).filter(known -> shell.status(known) == Snippet.Status.RECOVERABLE_NOT_DEFINED)
            .filter(known -> Pattern.compile("(class|method|variable) " + Pattern.quote(known.name()) + "\\b").matcher(diag.getMessage(Locale.ROOT)).find())
            .map(known -> "; " + new SnippetResult.Waiting(known.name(), shell.unresolvedDependencies(known).toList()).sentence()).findFirst().orElse("");
    }

    /** What the declarations of this name still need. */
    public static List<String> missing(JShell shell, String declared) {
        return shell.snippets().filter(DeclarationSnippet.class::isInstance).map(DeclarationSnippet.class::cast)
            .filter(snippet -> snippet.name().equals(declared) && shell.status(snippet).isActive() && shell.status(snippet) != Snippet.Status.VALID)
            .flatMap(shell::unresolvedDependencies).distinct().toList();
    }

    /** Without the place, which JShell made up. */
    private static String describe(Diag diag) {
        return diag.getMessage(Locale.ROOT).lines().filter(line -> !line.strip().startsWith("location:"))
            .map(line -> Failures.withoutSnippetClasses(line).strip().replaceAll("^symbol:\\s+", "")).collect(Collectors.joining(": "));
    }

    /** The innermost frame that is in this cell; code of other cells is not what the learner looks at. */
    private int line(JShellException exception) {
        for (var frame : exception.getStackTrace()) {
            var file = frame.getFileName();
            if (file != null && file.startsWith("#") && startById.containsKey(file.substring(1))) {
                return SnippetText.line(cell, startById.get(file.substring(1))) + frame.getLineNumber() - 1;
            }
        }
        return exception.getCause() instanceof JShellException cause ? line(cause) : 0;
    }
}

package kernel.jshell.snippet;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import kernel.output.Failures;

/** The snippets of one cell, and what JShell says of each in terms of the cell. */
public final class Snippets {
    private final JShell shell;
    private final String cell;
    private final List<Piece> pieces;
    private final Map<String, Integer> startById = new HashMap<>();

    public Snippets(JShell shell, String cell) {
        this.shell = shell;
        this.cell = cell;
        this.pieces = Piece.of(shell.sourceCodeAnalysis(), cell);
    }

    public List<Piece> pieces() {
        return pieces;
    }

    /** Runs one of the pieces, in this thread. A line can declare several variables, so several things can come of it. */
    public List<Came> evaluate(Piece piece) {
        var events = shell.eval(piece.source()).stream().filter(event -> event.causeSnippet() == null).toList();
        events.forEach(event -> startById.put(event.snippet().id(), piece.start()));
        return events.stream().map(event -> came(event, piece)).toList();
    }

    private Came came(SnippetEvent event, Piece piece) {
        if (event.exception() != null) {
            return new Came.Threw(event.exception(), line(event.exception()));
        }
        return switch (event.status()) {
            case REJECTED -> refused(event, piece);
            case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED -> unresolved(event, piece);
            default -> value(event.snippet());
        };
    }

    private static Came value(Snippet snippet) {
        return switch (snippet) {
            case VarSnippet variable -> new Came.Value(variable.name(), variable.typeName());
            case ExpressionSnippet expression -> new Came.Value(expression.name(), expression.typeName());
            default -> new Came.Done();
        };
    }

    /** A method or a type may name what comes later; a variable or an expression would have to run now. */
    private Came unresolved(SnippetEvent event, Piece piece) {
        return event.snippet() instanceof DeclarationSnippet declaration && !(declaration instanceof VarSnippet)
            ? new Came.Waiting(declaration.name(), shell.unresolvedDependencies(declaration).toList())
            : refused(event, piece);
    }

    private Came refused(SnippetEvent event, Piece piece) {
        var problems = shell.diagnostics(event.snippet()).filter(Diag::isError)
            .map(diag -> new Came.Problem(words(diag), piece.start() + (int) Math.max(0, diag.getPosition()))).toList();
        return new Came.Refused(event.snippet().source(),
            problems.isEmpty() ? List.of(new Came.Problem("this is not Java that can run here", piece.start())) : problems);
    }

    /** What the declarations of this name still need. */
    public static List<String> missing(JShell shell, String declared) {
        return shell.snippets().filter(DeclarationSnippet.class::isInstance).map(DeclarationSnippet.class::cast)
            .filter(snippet -> snippet.name().equals(declared) && shell.status(snippet).isActive() && shell.status(snippet) != Snippet.Status.VALID)
            .flatMap(shell::unresolvedDependencies).distinct().toList();
    }

    /** Without the place, which JShell made up. */
    private static String words(Diag diag) {
        return diag.getMessage(Locale.ROOT).lines().filter(line -> !line.strip().startsWith("location:"))
            .map(line -> Failures.withoutMadeUpNames(line).strip().replaceAll("^symbol:\\s+", "")).collect(Collectors.joining(": "));
    }

    /** The innermost frame that is in this cell; code of other cells is not what the learner looks at. */
    private int line(JShellException exception) {
        for (var frame : exception.getStackTrace()) {
            var file = frame.getFileName();
            if (file != null && file.startsWith("#") && startById.containsKey(file.substring(1))) {
                return Piece.line(cell, startById.get(file.substring(1))) + frame.getLineNumber() - 1;
            }
        }
        return exception.getCause() instanceof JShellException cause ? line(cause) : 0;
    }
}

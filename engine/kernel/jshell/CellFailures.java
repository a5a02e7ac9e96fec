package kernel.jshell;

import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.UnresolvedReferenceException;
import kernel.jshell.snippet.SnippetResult;
import kernel.jshell.snippet.SnippetText;
import kernel.jshell.snippet.SqlLiterals;
import kernel.output.Failures;
import kernel.output.Output;

/** Describes what went wrong in a cell, in terms of the cell. */
record CellFailures(Output.Failure output, int line) {

    /** @param thrown the exception as the child describes it, which knows more than JShell */
    static CellFailures of(SnippetResult snippetResult, String cell, Optional<Output.Failure> thrown) {
        return switch (snippetResult) {
            case SnippetResult.Refused refused -> refused(refused, cell);
            case SnippetResult.Threw(UnresolvedReferenceException missing, int line) -> threw(missing(missing), line, cell);
            case SnippetResult.Threw(var exception, int line) -> threw(thrown.orElseGet(() -> plain(exception)), line, cell);
            default -> throw new IllegalArgumentException(snippetResult + " is no failure");
        };
    }

    private static CellFailures refused(SnippetResult.Refused refused, String cell) {
        var first = refused.problems().getFirst();
        var others = refused.problems().stream().skip(1)
            .map(problem -> "line " + SnippetText.line(cell, problem.offset()) + ": " + problem.message()).distinct().collect(Collectors.joining("\n"));
        var offset = Math.min(first.offset(), cell.length());
        return new CellFailures(new Output.Failure("does not compile", first.message(), "", others, "", cell,
            cell.codePointCount(0, offset) + 1), SnippetText.line(cell, offset));
    }

    private static CellFailures threw(Output.Failure failure, int line, String cell) {
        var statement = failure.position() > 0 ? SqlLiterals.meant(cell, failure) : Optional.<String>empty();
        var source = line > 0 && line <= cell.lines().count() ? cell.lines().skip(line - 1L).findFirst().orElse("").strip() : "";
        return new CellFailures(new Output.Failure(failure.kind(), failure.message(), failure.sqlState(), failure.detail(), failure.hint(),
            statement.orElse(source), statement.isPresent() ? failure.position() : 0), line);
    }

    private static Output.Failure missing(UnresolvedReferenceException missing) {
        return new Output.Failure("not declared yet", missing.getSnippet().name() + " cannot be called before what it uses is declared",
            "", "", "", "", 0);
    }

    private static Output.Failure plain(Exception exception) {
        var kind = exception instanceof EvalException eval ? eval.getExceptionClassName() : exception.getClass().getName();
        return new Output.Failure(kind.replaceFirst(".*[.$]", ""), Failures.withoutSnippetClasses(String.valueOf(exception.getMessage())),
            "", "", "", "", 0);
    }
}

package kernel.jshell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import kernel.jshell.snippet.SnippetResult;
import kernel.jshell.snippet.SnippetText;
import kernel.jshell.snippet.SqlLiterals;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.output.RoutineSources;

/** Describes what went wrong in a cell, in terms of the cell. */
record CellFailures(Output.Failure output, int line) {

    /** @param thrown the exception as the child describes it, which knows more than JShell */
    static CellFailures of(SnippetResult snippetResult, String cell, List<SnippetText> snippets, Optional<Output.Failure> thrown) {
        return switch (snippetResult) {
            case SnippetResult.Refused refused -> refused(refused, cell);
            case SnippetResult.Missing missing -> threw(missing(missing), missing.line(), cell, snippets);
            case SnippetResult.Threw(var exception, int line) -> threw(thrown.orElseGet(() -> plain(exception)), line, cell, snippets);
            default -> throw new IllegalArgumentException(snippetResult + " is no failure");
        };
    }

    /** With the line alone: whoever reads it has the cell before them. */
    private static CellFailures refused(SnippetResult.Refused refused, String cell) {
        var first = refused.problems().getFirst();
        var others = refused.problems().stream().skip(1)
            .map(problem -> "line " + SnippetText.line(cell, problem.offset()) + ": " + problem.message()).distinct().collect(Collectors.joining("\n"));
        var offset = Math.min(first.offset(), cell.length());
        var start = cell.lastIndexOf('\n', offset - 1) + 1;
        var end = cell.indexOf('\n', offset);
        return new CellFailures(new Output.Failure("does not compile", first.message(), "", others, "", cell.substring(start, end < 0 ? cell.length() : end),
            cell.codePointCount(start, offset) + 1), SnippetText.line(cell, offset));
    }

    /** The line is that of the SQL, where it is known which text of the cell was sent; else that of the call, which is shown then. */
    private static CellFailures threw(Output.Failure failure, int line, String cell, List<SnippetText> snippets) {
        var sent = failure.position() > 0 ? SqlLiterals.sentAt(cell, snippets, line, failure) : Optional.<SqlLiterals.Sent>empty();
        var block = RoutineSources.isInBlock(failure) ? SqlLiterals.blockAt(cell, snippets, line) : Optional.<String>empty();
        var call = line > 0 && line <= cell.lines().count() ? cell.lines().skip(line - 1L).findFirst().orElse("").strip() : "";
        return new CellFailures(new Output.Failure(failure.kind(), failure.message(), failure.sqlState(), failure.detail(), failure.hint(),
            sent.map(SqlLiterals.Sent::text).or(() -> block).orElse(call), sent.map(SqlLiterals.Sent::position).orElse(0), failure.where()),
            sent.map(SqlLiterals.Sent::line).filter(ofSql -> ofSql > 0).orElse(line));
    }

    private static Output.Failure missing(SnippetResult.Missing missing) {
        return new Output.Failure("not declared yet", missing.sentence(), "", "", "", "", 0);
    }

    private static Output.Failure plain(Exception exception) {
        var kind = exception instanceof EvalException eval ? eval.getExceptionClassName() : exception.getClass().getName();
        return new Output.Failure(kind.replaceFirst(".*[.$]", ""), Failures.withoutSnippetClasses(String.valueOf(exception.getMessage())),
            "", "", "", "", 0);
    }
}

package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import kernel.output.Output;

/** An error as PostgreSQL said it: state and message first, then the statement with a caret where it went wrong. */
final class FailureHtml {
    private FailureHtml() { }

    static HtmlElement draw(Output.Failure failure) {
        var drawn = classed("div", "output failure", tag("p",
            classed("span", "sign", "✗").with("aria-hidden", "true"), classed("span", "spoken", "Failed: "), " ",
            classed("strong", "state", failure.sqlState().isEmpty() ? failure.kind() : "SQLSTATE " + failure.sqlState()), " ",
            failure.message()));
        if (!failure.statement().isBlank()) {
            drawn.add(tag("pre", tag("code", pointed(failure.statement(), failure.position()))));
        }
        if (!failure.detail().isBlank() || !failure.hint().isBlank() || !failure.where().isBlank()) {
            drawn.add(tag("dl", entry("Detail", failure.detail()), entry("Hint", failure.hint()), where(failure.where())));
        }
        return drawn;
    }

    private static HtmlElement entry(String name, String text) {
        return text.isBlank() ? HtmlElement.group() : HtmlElement.group(tag("dt", name), tag("dd", text));
    }

    private static HtmlElement where(String text) {
        return text.isBlank() ? HtmlElement.group() : HtmlElement.group(tag("dt", "Where"), classed("dd", "where", text));
    }

    /** The statement with a line holding a caret below the character that {@code position} (1-based) counts to. */
    static HtmlElement pointed(String statement, int position) {
        int characters = statement.codePointCount(0, statement.length());
        if (position < 1 || position > characters + 1) {
            return HtmlElement.group(statement);
        }
        int at = statement.offsetByCodePoints(0, position - 1);
        int lineStart = statement.lastIndexOf('\n', at - 1) + 1;
        int newline = statement.indexOf('\n', at);
        int lineEnd = newline < 0 ? statement.length() : newline;
        var before = statement.substring(lineStart, at).replaceAll("[^\\t]", " ");
        return HtmlElement.group(statement.substring(0, lineEnd), "\n", before, classed("span", "caret", "^"), statement.substring(lineEnd));
    }
}

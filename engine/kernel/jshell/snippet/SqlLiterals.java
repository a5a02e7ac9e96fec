package kernel.jshell.snippet;

import com.sun.source.tree.LiteralTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.sql.syntax.SqlStatements;

/** Finds the SQL that failed among the texts of a cell: the driver tells the place in what was sent, and not what that was. */
public final class SqlLiterals {
    private SqlLiterals() { }

    /**
     * The text that was sent.
     *
     * @param position 1-based, counted in the text as the cell has it
     * @param line     of the cell, where that place stands; 0 where the cell has the text more than once
     */
    public record Sent(String text, int position, int line) { }

    /**
     * What the call at a line has sent, if it stands in the cell as it was sent and has a word of the message at its place. Of SQL
     * that was put together nothing is said.
     *
     * @param snippets of the cell
     * @param line     1-based, of the call that failed
     */
    public static Optional<Sent> sentAt(String cell, List<SnippetText> snippets, int line, Output.Failure failure) {
        var texts = CallTexts.of(cell, snippets);
        var sent = texts.at(line).stream().flatMap(literal -> sent(literal, failure).stream()).distinct().toList();
        if (sent.stream().map(Sent::text).distinct().count() != 1) {
            return Optional.empty();
        }
        var text = sent.getFirst();
        return Optional.of(texts.count(text.text()) == 1 ? text : new Sent(text.text(), text.position(), 0));
    }

    /** The strings of a cell, in order. */
    public static List<String> texts(String cell) {
        var texts = new ArrayList<String>();
        new TreeScanner<Void, Void>() {
            @Override public Void visitLiteral(LiteralTree literal, Void nothing) {
                if (literal.getValue() instanceof String text) {
                    texts.add(text);
                }
                return null;
            }
        }.scan(SnippetParser.snippets(cell), null);
        return texts;
    }

    /** The {@code do} block that the call at a line has sent, where it was given one text that is one. */
    public static Optional<String> blockAt(String cell, List<SnippetText> snippets, int line) {
        var blocks = CallTexts.of(cell, snippets).at(line).stream().map(CallTexts.Literal::text).distinct()
            .filter(text -> SqlStatements.all(text).stream().anyMatch(statement -> statement.substring(SqlStatements.firstWord(statement)).matches("(?is)do\\b.*"))).toList();
        return blocks.size() == 1 ? Optional.of(blocks.getFirst()) : Optional.empty();
    }

    private static Optional<Sent> sent(CallTexts.Literal literal, Output.Failure failure) {
        var position = Failures.positionIn(literal.text(), failure.position(), failure.message());
        return position == 0 ? Optional.empty() : Optional.of(new Sent(literal.text(), position, literal.line(position)));
    }
}

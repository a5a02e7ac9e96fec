package kernel.sql.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * One statement of a cell.
 *
 * @param text  without its semicolon, with the comments before it
 * @param start where it begins in the cell's source
 */
public record StatementText(String text, int start) {

    public static List<StatementText> of(String source) {
        var statements = SqlStatements.of(source);
        var pieces = new ArrayList<StatementText>();
        for (int i = 0; i < statements.starts().size(); i++) {
            var isRest = i == statements.starts().size() - 1;
            var text = isRest ? statements.rest().strip() : statements.complete().get(i);
            if (!SqlStatements.isBlank(text)) {
                var begins = statements.starts().get(i);
                pieces.add(new StatementText(text.endsWith(";") && !isRest ? text.substring(0, text.length() - 1) : text, begins + blanks(source, begins)));
            }
        }
        return List.copyOf(pieces);
    }

    /** Where the statement's first word begins in it, behind the comments. */
    public int firstWord() {
        return SqlStatements.firstWord(text);
    }

    /** The statement behind the comments in front of it. */
    public String bare() {
        return text.substring(firstWord());
    }

    private static int blanks(String source, int from) {
        var at = from;
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
        return at - from;
    }

    /** The line of the cell, counted from 1, that has the offset into this statement. */
    public int line(String source, int offset) {
        var end = Math.min(source.length(), start + Math.max(0, offset));
        return 1 + (int) source.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}

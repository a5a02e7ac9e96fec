package kernel.jshell.snippet;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;

/**
 * One snippet of a cell.
 *
 * @param source as JShell takes it, a missing semicolon added
 * @param start  offset in the cell where it begins
 * @param end    offset after its last character
 */
public record SnippetText(String source, int start, int end) {

    /** Splits a cell the way JShell reads it. What stands after the last snippet, comments for example, belongs to none. */
    public static List<SnippetText> of(SourceCodeAnalysis analysis, String cell) {
        var pieces = new ArrayList<SnippetText>();
        var at = beginning(cell, 0);
        while (at < cell.length()) {
            var rest = cell.substring(at);
            var next = analysis.analyzeCompletion(rest);
            if (next.completeness() == Completeness.EMPTY) {
                break;
            }
            var whole = next.source() == null || next.remaining().length() >= rest.length();
            var end = whole ? cell.length() : cell.length() - next.remaining().length();
            pieces.add(new SnippetText(whole ? rest : next.source(), at, end));
            at = beginning(cell, end);
        }
        return pieces;
    }

    private static int beginning(String cell, int from) {
        var at = from;
        while (at < cell.length() && Character.isWhitespace(cell.charAt(at))) {
            at++;
        }
        return at;
    }

    /** 1-based line of the cell in which an offset lies. */
    public static int line(String cell, int offset) {
        return 1 + (int) cell.substring(0, Math.clamp(offset, 0, cell.length())).chars().filter(c -> c == '\n').count();
    }
}

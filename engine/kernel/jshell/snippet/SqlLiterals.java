package kernel.jshell.snippet;

import com.sun.source.tree.LiteralTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import kernel.output.Output;

/** Finds the statement that failed among the texts of a cell: the driver does not tell it. */
public final class SqlLiterals {
    private static final Pattern WORD = Pattern.compile("\\w+|[^\\w\\s]");

    private SqlLiterals() { }

    /** The one text that has a word of the server's message at the position that the server names; nothing where none or several have. */
    public static Optional<String> meant(String cell, Output.Failure failure) {
        var meant = texts(cell).stream().distinct().filter(text -> {
            var at = failure.position() - 1;
            if (at >= text.length()) {
                return false;
            }
            var word = WORD.matcher(text).region(at, text.length());
            return word.lookingAt() && failure.message().contains(word.group());
        }).toList();
        return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
    }

    private static List<String> texts(String cell) {
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
}

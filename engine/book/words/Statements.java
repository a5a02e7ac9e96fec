package book.words;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.function.Function;
import java.util.stream.Collectors;
import lesson.Program;

/** What is shown of a call: the statement around it, or as much of it as is short. */
final class Statements {
    private static final int MAX_LINES = 6;

    private Statements() { }

    static String around(TreePath call, Function<Tree, String> source) {
        var shown = source.apply(call.getLeaf());
        for (var at = call; !(at.getLeaf() instanceof MethodTree || at.getLeaf() instanceof ClassTree); at = at.getParentPath()) {
            var more = source.apply(at.getLeaf());
            shown = more.lines().count() <= MAX_LINES ? more : shown;
            if (at.getParentPath().getLeaf() instanceof BlockTree) {
                break;
            }
        }
        return bounded(shown);
    }

    /** Without the lines of a text block that are marks for Asciidoctor. */
    private static String bounded(String marked) {
        var text = Program.untagged(marked);
        return text.lines().count() <= MAX_LINES ? text
            : text.lines().limit(MAX_LINES - 1).collect(Collectors.joining("\n")) + "\n…";
    }
}

package grading.mutation;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Java source, parsed but not attributed: what it says and where, not what its names mean. */
record JavaText(String text, CompilationUnitTree unit, SourcePositions positions) {

    /** @throws IllegalArgumentException where the source is not Java */
    static JavaText of(String text) {
        var source = new SimpleJavaFileObject(URI.create("string:///Answer.java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        var problems = new DiagnosticCollector<JavaFileObject>();
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, problems, List.of("-proc:none"), null, List.of(source));
        try {
            var unit = task.parse().iterator().next();
            if (!problems.getDiagnostics().isEmpty()) {
                throw new IllegalArgumentException("cannot read this as Java: " + problems.getDiagnostics().getFirst());
            }
            return new JavaText(text, unit, Trees.instance(task).getSourcePositions());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot parse", e);
        }
    }

    int start(Tree tree) {
        return (int) positions.getStartPosition(unit, tree);
    }

    int end(Tree tree) {
        return (int) positions.getEndPosition(unit, tree);
    }

    /** As it stands in the source. */
    String of(Tree tree) {
        return text.substring(start(tree), end(tree));
    }

    Change remove(Tree tree, String kind) {
        return Change.remove(text, start(tree), end(tree), kind);
    }

    Change replace(Tree tree, String replacement, String kind) {
        return Change.replace(text, start(tree), end(tree), replacement, kind);
    }
}

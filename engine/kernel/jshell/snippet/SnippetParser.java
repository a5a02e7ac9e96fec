package kernel.jshell.snippet;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads snippets as javac does, without compiling them. */
final class SnippetParser {
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

    /**
     * A snippet, and where its parts stand.
     *
     * @param text      what javac has read: the snippet, from its second line on
     * @param unit      the same, parsed
     * @param positions of its trees
     */
    record Parsed(List<? extends Tree> snippets, int errors, String text, CompilationUnitTree unit, SourcePositions positions) {
        /** The line of the snippet in which it begins, from 1. */
        int line(Tree tree) {
            return line(start(tree));
        }

        /** The line of the snippet in which it ends. */
        int lastLine(Tree tree) {
            return line(Math.max(start(tree), positions.getEndPosition(unit, tree)));
        }

        /** The source from there to the end. */
        String from(Tree tree) {
            return text.substring((int) start(tree));
        }

        private long start(Tree tree) {
            return Math.max(0, positions.getStartPosition(unit, tree));
        }

        private int line(long offset) {
            return (int) unit.getLineMap().getLineNumber(offset) - 1;
        }
    }

    private SnippetParser() { }

    /** What stands in a snippet: statements, or members of a class where that reads better. What does not parse leaves holes. */
    static List<? extends Tree> snippets(String source) {
        return parsed(source).snippets();
    }

    /** The same, with where everything stands. */
    static Parsed parsed(String source) {
        var statements = parse("class Cell { void cell() {\n" + source + "\n} }", true);
        if (statements.errors() == 0) {
            return statements;
        }
        var members = parse("class Cell {\n" + source + "\n}", false);
        return members.errors() < statements.errors() ? members : statements;
    }

    private static synchronized Parsed parse(String text, boolean inMethod) {
        var errors = new AtomicInteger();
        try {
            var task = (JavacTask) JAVAC.getTask(null, FILES, problem -> count(problem, errors), List.of("-proc:none"), null, List.of(source(text)));
            var unit = task.parse().iterator().next();
            var members = unit.getTypeDecls().isEmpty() ? List.<Tree>of() : ((ClassTree) unit.getTypeDecls().getFirst()).getMembers();
            return new Parsed(inMethod ? statements(members) : members, errors.get(), text, unit, Trees.instance(task).getSourcePositions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An expression alone is no statement for javac; in a cell it is. */
    private static void count(Diagnostic<?> problem, AtomicInteger errors) {
        if (problem.getKind() == Diagnostic.Kind.ERROR && !problem.getCode().equals("compiler.err.not.stmt")) {
            errors.incrementAndGet();
        }
    }

    private static List<? extends Tree> statements(List<? extends Tree> members) {
        return members.stream().filter(MethodTree.class::isInstance).map(MethodTree.class::cast).filter(method -> method.getBody() != null)
            .findFirst().map(method -> method.getBody().getStatements()).orElse(List.of());
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Cell.java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignoreErrors) {
                return text;
            }
        };
    }
}

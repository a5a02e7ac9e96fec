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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads snippets as javac does, without compiling them. */
final class SnippetParser {
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    /** All errors count, of however many snippets. */
    private static final List<String> OPTIONS = List.of("-proc:none", "-Xmaxerrs", "1000000");
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
        return parsed(List.of(source)).getFirst();
    }

    /** The same for each of several. Together, because javac takes ten times as long to begin as to read one. */
    static List<Parsed> parsed(List<String> sources) {
        var best = new ArrayList<>(parse(sources.stream().map(source -> "class Cell { void cell() {\n" + source + "\n} }").toList(), true));
        var broken = IntStream.range(0, sources.size()).filter(i -> best.get(i).errors() > 0).boxed().toList();
        var members = parse(broken.stream().map(i -> "class Cell {\n" + sources.get(i) + "\n}").toList(), false);
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).errors() < best.get(broken.get(i)).errors()) {
                best.set(broken.get(i), members.get(i));
            }
        }
        return best;
    }

    private static synchronized List<Parsed> parse(List<String> texts, boolean inMethod) {
        if (texts.isEmpty()) {
            return List.of();
        }
        var files = IntStream.range(0, texts.size()).mapToObj(i -> source(i, texts.get(i))).toList();
        var errors = new HashMap<URI, Integer>();
        try {
            var task = (JavacTask) JAVAC.getTask(null, FILES, problem -> count(problem, errors), OPTIONS, null, files);
            var units = task.parse().iterator();
            var positions = Trees.instance(task).getSourcePositions();
            var all = new ArrayList<Parsed>();
            for (int i = 0; i < texts.size(); i++) {
                var unit = units.next();
                var members = unit.getTypeDecls().isEmpty() ? List.<Tree>of() : ((ClassTree) unit.getTypeDecls().getFirst()).getMembers();
                all.add(new Parsed(inMethod ? statements(members) : members, errors.getOrDefault(files.get(i).toUri(), 0), texts.get(i), unit, positions));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An expression alone is no statement for javac; in a cell it is. */
    private static void count(Diagnostic<? extends JavaFileObject> problem, Map<URI, Integer> errors) {
        if (problem.getKind() == Diagnostic.Kind.ERROR && !problem.getCode().equals("compiler.err.not.stmt")) {
            errors.merge(problem.getSource().toUri(), 1, Integer::sum);
        }
    }

    private static List<? extends Tree> statements(List<? extends Tree> members) {
        return members.stream().filter(MethodTree.class::isInstance).map(MethodTree.class::cast).filter(method -> method.getBody() != null)
            .findFirst().map(method -> method.getBody().getStatements()).orElse(List.of());
    }

    private static JavaFileObject source(int number, String text) {
        return new SimpleJavaFileObject(URI.create("string:///Cell" + number + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignoreErrors) {
                return text;
            }
        };
    }
}

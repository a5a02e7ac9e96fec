package book.words;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Name;
import javax.tools.ToolProvider;

/** A Java file as javac parses it: what it declares, with its docstrings, and whom it calls where. Nothing is compiled. */
final class JavaSource {
    /**
     * A method or a type.
     *
     * @param type     the type around it, or empty
     * @param isStatic as its modifiers say
     * @param doc      its docstring as HTML, empty where it has none
     * @param line     1-based
     */
    record Declared(String type, String name, boolean isStatic, String signature, String doc, int line) { }

    /** A call of a method or the name of a type; {@code bare} where nothing stands before it. {@code statement} is what stands around it. */
    record Call(String name, boolean bare, int line, String statement) { }

    private final CompilationUnitTree unit;
    private final DocTrees trees;
    private final String text;

    private JavaSource(CompilationUnitTree unit, DocTrees trees, String text) {
        this.unit = unit;
        this.trees = trees;
        this.text = text;
    }

    static JavaSource of(Path file) {
        var javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) javac.getTask(null, files, problem -> { }, List.of(), null, files.getJavaFileObjects(file));
            var unit = task.parse().iterator().next();
            return new JavaSource(unit, DocTrees.instance(task), unit.getSourceFile().getCharContent(true).toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /** All methods and types, in their order, those in types after the type. */
    List<Declared> declarations() {
        var declared = new ArrayList<Declared>();
        new TreePathScanner<Void, Void>() {
            @Override public Void visitMethod(MethodTree method, Void none) {
                if (method.getReturnType() != null) {
                    declared.add(declared(getCurrentPath(), method.getName(), method.getModifiers(), Signatures.of(method)));
                }
                return null; // what a method declares is its own
            }

            @Override public Void visitClass(ClassTree type, Void none) {
                declared.add(declared(getCurrentPath(), type.getSimpleName(), type.getModifiers(), Signatures.of(type)));
                return super.visitClass(type, none);
            }
        }.scan(unit, null);
        return declared;
    }

    private Declared declared(TreePath path, Name name, ModifiersTree modifiers, String signature) {
        var comment = trees.getDocCommentTree(path);
        var around = path.getParentPath().getLeaf() instanceof ClassTree type ? type.getSimpleName().toString() : "";
        var isStatic = modifiers.getFlags().contains(Modifier.STATIC);
        return new Declared(around, name.toString(), isStatic, signature, comment == null ? "" : DocText.html(comment), line(path.getLeaf()));
    }

    /** Every call of a method and every name of a type, in the order in which a reader comes to them. */
    List<Call> calls() {
        var calls = new ArrayList<Call>();
        new TreePathScanner<Void, Void>() {
            @Override public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                switch (call.getMethodSelect()) {
                    case IdentifierTree name -> calls.add(call(name.getName().toString(), true, getCurrentPath()));
                    case MemberSelectTree member -> calls.add(call(member.getIdentifier().toString(), false, getCurrentPath()));
                    default -> { }
                }
                return super.visitMethodInvocation(call, none);
            }

            @Override public Void visitIdentifier(IdentifierTree name, Void none) {
                if (Character.isUpperCase(name.getName().charAt(0))) {
                    calls.add(call(name.getName().toString(), true, getCurrentPath()));
                }
                return null;
            }
        }.scan(unit, null);
        return calls;
    }

    private Call call(String name, boolean bare, TreePath path) {
        return new Call(name, bare, line(path.getLeaf()), Statements.around(path, this::source));
    }

    /** A tree's source, its lines moved to the left together. */
    private String source(Tree tree) {
        int start = (int) trees.getSourcePositions().getStartPosition(unit, tree);
        int end = (int) trees.getSourcePositions().getEndPosition(unit, tree);
        int lineStart = text.lastIndexOf('\n', start) + 1;
        return (" ".repeat(start - lineStart) + text.substring(start, end)).stripIndent();
    }

    private int line(Tree tree) {
        return (int) unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    }
}

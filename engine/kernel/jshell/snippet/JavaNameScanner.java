package kernel.jshell.snippet;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Walks through parsed snippets with their scopes. Names that only live inside a snippet are neither defined nor used. */
final class JavaNameScanner extends TreeScanner<Void, Void> {
    private final Set<String> defines = new LinkedHashSet<>();
    private final Set<String> uses = new LinkedHashSet<>();
    private final Deque<Set<String>> scopes = new ArrayDeque<>();

    /** One snippet of the cell: what it declares, the cell declares. What a statement declares inside of itself stays there. */
    void snippet(Tree tree) {
        switch (tree) {
            case VariableTree variable -> scan(variable, null);
            case MethodTree method -> scan(method, null);
            case ClassTree type -> scan(type, null);
            default -> inside(() -> scan(tree, null));
        }
    }

    JavaNames names() {
        return new JavaNames(defines, uses);
    }

    private void declare(String name) {
        if (name.isEmpty() || name.startsWith("<")) { // of a constructor, or of what does not parse
            return;
        }
        if (scopes.isEmpty()) {
            defines.add(name);
        } else {
            scopes.peek().add(name);
        }
    }

    private void use(String name) {
        if (!defines.contains(name) && scopes.stream().noneMatch(scope -> scope.contains(name))) {
            uses.add(name);
        }
    }

    private Void inside(Runnable work) {
        scopes.push(new HashSet<>());
        work.run();
        scopes.pop();
        return null;
    }

    @Override public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
        use(identifier.getName().toString());
        return null;
    }

    @Override public Void visitVariable(VariableTree variable, Void nothing) {
        scan(variable.getModifiers(), null);
        scan(variable.getType(), null);
        inside(() -> scan(variable.getInitializer(), null)); // before the name is there; patterns in it stay in it
        declare(variable.getName().toString());
        return null;
    }

    @Override public Void visitMethod(MethodTree method, Void nothing) {
        declare(method.getName().toString());
        return inside(() -> {
            method.getTypeParameters().forEach(parameter -> declare(parameter.getName().toString()));
            super.visitMethod(method, nothing);
        });
    }

    @Override public Void visitClass(ClassTree type, Void nothing) {
        declare(type.getSimpleName().toString());
        return inside(() -> {
            type.getTypeParameters().forEach(parameter -> declare(parameter.getName().toString()));
            for (var member : type.getMembers()) { // its members see each other in any order
                switch (member) {
                    case MethodTree method -> declare(method.getName().toString());
                    case VariableTree field -> declare(field.getName().toString());
                    case ClassTree inner -> declare(inner.getSimpleName().toString());
                    default -> { }
                }
            }
            super.visitClass(type, nothing);
        });
    }

    @Override public Void visitLambdaExpression(LambdaExpressionTree lambda, Void nothing) {
        return inside(() -> super.visitLambdaExpression(lambda, nothing));
    }

    @Override public Void visitBlock(BlockTree block, Void nothing) {
        return inside(() -> super.visitBlock(block, nothing));
    }

    @Override public Void visitForLoop(ForLoopTree loop, Void nothing) {
        return inside(() -> super.visitForLoop(loop, nothing));
    }

    @Override public Void visitEnhancedForLoop(EnhancedForLoopTree loop, Void nothing) {
        return inside(() -> {
            scan(loop.getExpression(), null);
            scan(loop.getVariable(), null);
            scan(loop.getStatement(), null);
        });
    }

    @Override public Void visitTry(TryTree attempt, Void nothing) {
        return inside(() -> super.visitTry(attempt, nothing));
    }

    @Override public Void visitCatch(CatchTree handler, Void nothing) {
        return inside(() -> super.visitCatch(handler, nothing));
    }

    @Override public Void visitCase(CaseTree branch, Void nothing) {
        return inside(() -> super.visitCase(branch, nothing));
    }

    /** `a + b;` is no statement in Java, and is one in a cell. */
    @Override public Void visitErroneous(ErroneousTree wrong, Void nothing) {
        return scan(wrong.getErrorTrees(), null);
    }

    @Override public Void visitImport(ImportTree imported, Void nothing) {
        return null;
    }
}

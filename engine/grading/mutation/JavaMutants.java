package grading.mutation;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** All changes of a Java source, and of the SQL in its strings. */
final class JavaMutants extends TreeScanner<Void, Void> {
    private static final Set<Tree.Kind> REMOVABLE = EnumSet.of(Tree.Kind.EXPRESSION_STATEMENT, Tree.Kind.IF, Tree.Kind.THROW,
        Tree.Kind.BREAK, Tree.Kind.CONTINUE);
    private final JavaText java;
    private final List<Change> changes = new ArrayList<>();
    private boolean returnsTruth;

    private JavaMutants(JavaText java) {
        this.java = java;
    }

    static List<Change> of(String text) {
        var mutants = new JavaMutants(JavaText.of(text));
        mutants.scan(mutants.java.unit(), null);
        return mutants.changes;
    }

    @Override public Void visitBlock(BlockTree block, Void nothing) {
        statements(block.getStatements());
        return super.visitBlock(block, nothing);
    }

    @Override public Void visitCase(CaseTree one, Void nothing) {
        if (one.getStatements() != null) {
            statements(one.getStatements());
        }
        return super.visitCase(one, nothing);
    }

    private void statements(List<? extends StatementTree> statements) {
        statements.stream().filter(statement -> REMOVABLE.contains(statement.getKind()))
            .filter(statement -> !java.of(statement).startsWith("super(") && !java.of(statement).startsWith("this("))
            .forEach(statement -> changes.add(java.remove(statement, "drop statement")));
    }

    @Override public Void visitIf(IfTree branch, Void nothing) {
        negate(branch.getCondition());
        if (branch.getElseStatement() != null) {
            int from = java.end(branch.getThenStatement());
            changes.add(Change.remove(java.text(), from, java.end(branch.getElseStatement()), "drop else"));
        }
        return super.visitIf(branch, nothing);
    }

    @Override public Void visitWhileLoop(WhileLoopTree loop, Void nothing) {
        negate(loop.getCondition());
        return super.visitWhileLoop(loop, nothing);
    }

    @Override public Void visitDoWhileLoop(DoWhileLoopTree loop, Void nothing) {
        negate(loop.getCondition());
        return super.visitDoWhileLoop(loop, nothing);
    }

    @Override public Void visitForLoop(ForLoopTree loop, Void nothing) {
        if (loop.getCondition() != null) {
            negate(loop.getCondition());
        }
        return super.visitForLoop(loop, nothing);
    }

    @Override public Void visitConditionalExpression(ConditionalExpressionTree choice, Void nothing) {
        negate(choice.getCondition());
        return super.visitConditionalExpression(choice, nothing);
    }

    @Override public Void visitMethod(MethodTree method, Void nothing) {
        returnsTruth = method.getReturnType() != null && java.of(method.getReturnType()).equals("boolean");
        return super.visitMethod(method, nothing);
    }

    @Override public Void visitReturn(ReturnTree end, Void nothing) {
        if (returnsTruth && end.getExpression() != null && end.getExpression().getKind() != Tree.Kind.BOOLEAN_LITERAL) {
            negate(end.getExpression());
        }
        return super.visitReturn(end, nothing);
    }

    private void negate(ExpressionTree condition) {
        JavaConditions.negated(java, condition).ifPresent(changes::add);
    }

    @Override public Void visitBinary(BinaryTree binary, Void nothing) {
        JavaOperators.of(java, binary).ifPresent(changes::add);
        return super.visitBinary(binary, nothing);
    }

    @Override public Void visitTry(TryTree attempt, Void nothing) {
        changes.addAll(JavaTries.of(java, attempt));
        return super.visitTry(attempt, nothing);
    }

    @Override public Void visitSynchronized(SynchronizedTree guarded, Void nothing) {
        changes.add(new Change(java.start(guarded), java.start(guarded.getBlock()), "", "drop synchronized", "removes \"synchronized\""));
        return super.visitSynchronized(guarded, nothing);
    }

    @Override public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
        if (!JavaNumbers.firstIsColumn(call) && !JavaNumbers.isTime(call)) {
            return super.visitMethodInvocation(call, nothing);
        }
        scan(call.getMethodSelect(), nothing);
        var first = call.getArguments().getFirst();
        if (JavaNumbers.isTime(call) && !java.of(first).equals("0")) {
            changes.add(java.replace(first, "0", "no time"));
        }
        scan(call.getArguments().subList(1, call.getArguments().size()), nothing);
        return null;
    }

    /** What is thrown is thrown, whatever its words; a test of them would be a test of text. */
    @Override public Void visitThrow(ThrowTree thrown, Void nothing) {
        return null;
    }

    @Override public Void visitLiteral(LiteralTree literal, Void nothing) {
        switch (literal.getKind()) {
            case BOOLEAN_LITERAL -> changes.add(java.replace(literal, (Boolean) literal.getValue() ? "false" : "true", "swap truth"));
            case INT_LITERAL -> changes.add(java.replace(literal, JavaNumbers.other((Integer) literal.getValue()), "other number"));
            case STRING_LITERAL -> changes.addAll(JavaStrings.of(java, literal));
            default -> { }
        }
        return null;
    }
}

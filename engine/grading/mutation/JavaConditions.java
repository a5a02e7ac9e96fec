package grading.mutation;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.UnaryTree;
import java.util.Optional;
import java.util.Set;

/** Turns a condition into its opposite. */
final class JavaConditions {
    /** These have changes of their own that come to the same. */
    private static final Set<Kind> NEGATED_ELSEWHERE = Set.of(Kind.BOOLEAN_LITERAL, Kind.EQUAL_TO, Kind.NOT_EQUAL_TO);

    private JavaConditions() { }

    static Optional<Change> negated(JavaText java, ExpressionTree condition) {
        var bare = condition instanceof ParenthesizedTree p ? p.getExpression() : condition;
        if (bare instanceof UnaryTree not && not.getKind() == Kind.LOGICAL_COMPLEMENT) {
            return Optional.of(java.replace(bare, java.of(not.getExpression()), "negate condition"));
        }
        return NEGATED_ELSEWHERE.contains(bare.getKind()) ? Optional.empty()
            : Optional.of(java.replace(bare, "!(" + java.of(bare) + ")", "negate condition"));
    }
}

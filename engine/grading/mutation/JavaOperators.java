package grading.mutation;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import java.util.Map;
import java.util.Optional;

/** Puts the operator that is easily taken for it in the place of one. */
final class JavaOperators {
    private static final Map<Kind, Swap> SWAPS = Map.ofEntries(
        Map.entry(Kind.CONDITIONAL_AND, new Swap("&&", "||")),
        Map.entry(Kind.CONDITIONAL_OR, new Swap("||", "&&")),
        Map.entry(Kind.LESS_THAN, new Swap("<", "<=")),
        Map.entry(Kind.LESS_THAN_EQUAL, new Swap("<=", "<")),
        Map.entry(Kind.GREATER_THAN, new Swap(">", ">=")),
        Map.entry(Kind.GREATER_THAN_EQUAL, new Swap(">=", ">")),
        Map.entry(Kind.EQUAL_TO, new Swap("==", "!=")),
        Map.entry(Kind.NOT_EQUAL_TO, new Swap("!=", "==")),
        Map.entry(Kind.PLUS, new Swap("+", "-")),
        Map.entry(Kind.MINUS, new Swap("-", "+")),
        Map.entry(Kind.MULTIPLY, new Swap("*", "/")),
        Map.entry(Kind.DIVIDE, new Swap("/", "*")));

    private JavaOperators() { }

    private record Swap(String sign, String other) { }

    static Optional<Change> of(JavaText java, BinaryTree binary) {
        return Optional.ofNullable(SWAPS.get(binary.getKind())).filter(swap -> !isText(binary)).map(swap -> {
            int from = java.end(binary.getLeftOperand());
            int to = java.start(binary.getRightOperand());
            int at = from + java.text().substring(from, to).indexOf(swap.sign());
            return new Change(at, at + swap.sign().length(), swap.other(), "swap operator",
                "puts \"" + swap.other() + "\" for \"" + swap.sign() + "\"");
        });
    }

    /** A sum of strings has no difference. */
    private static boolean isText(Tree tree) {
        return switch (tree) {
            case BinaryTree sum -> sum.getKind() == Kind.PLUS && (isText(sum.getLeftOperand()) || isText(sum.getRightOperand()));
            case ParenthesizedTree p -> isText(p.getExpression());
            case LiteralTree literal -> literal.getKind() == Kind.STRING_LITERAL;
            default -> false;
        };
    }
}

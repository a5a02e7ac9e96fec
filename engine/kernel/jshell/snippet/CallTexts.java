package kernel.jshell.snippet;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which texts the calls of a cell are given: literals, also by way of a variable, a parameter of a method of the cell or a
 * prepared statement. A text that is put together at run time is known to be none of them.
 */
final class CallTexts extends TreeScanner<Void, Void> {
    private static final int MAX_DEPTH = 8;
    private static final Set<String> OF_TEXT = Set.of("formatted", "format", "replace", "replaceAll", "replaceFirst", "concat", "repeat", "join", "strip", "trim",
        "indent", "stripIndent", "valueOf", "toString", "append", "substring", "toLowerCase", "toUpperCase");
    private static final Literal COMPUTED = new Literal("", 0, false);
    private static final Set<String> PREPARE = Set.of("prepareStatement", "prepareCall");
    private final List<Literal> literals = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, List<Tree>> values = new HashMap<>();
    private final Map<String, List<Parameter>> parameters = new HashMap<>();
    private final Map<Tree, Literal> literalOf = new HashMap<>();
    private SnippetParser.Parsed parsed;
    private int firstLine;

    /** @param line of the cell where it begins; of a text block, where the text begins */
    record Literal(String text, int line, boolean isBlock) {
        /** The line of the cell that has the place in the text, 1-based. */
        int line(int position) {
            var before = text.substring(0, text.offsetByCodePoints(0, Math.min(position - 1, text.codePointCount(0, text.length()))));
            return isBlock ? line + (int) before.chars().filter(c -> c == '\n').count() : line;
        }
    }

    private record Call(MethodInvocationTree tree, int from, int to) { }

    private record Parameter(String method, int index) { }

    private CallTexts() { }

    static CallTexts of(String cell, List<SnippetText> snippets) {
        var texts = new CallTexts();
        for (var snippet : snippets) {
            texts.parsed = SnippetParser.parsed(snippet.source());
            texts.firstLine = SnippetText.line(cell, snippet.start());
            texts.scan(texts.parsed.snippets(), null);
        }
        return texts;
    }

    /** How often the text is a literal of the cell. */
    long count(String text) {
        return literals.stream().filter(literal -> literal.text().equals(text)).count();
    }

    /** The literals that the calls at a line can have been given; none where one of them was given a text that is put together. */
    List<Literal> at(int line) {
        var found = calls.stream().filter(call -> call.from() <= line && line <= call.to()).flatMap(call -> given(call.tree()))
            .flatMap(expression -> found(expression, 0)).distinct().toList();
        return found.contains(COMPUTED) ? List.of() : found;
    }

    /** Its arguments, and the statement that it is called on. */
    private static Stream<Tree> given(MethodInvocationTree call) {
        var receiver = call.getMethodSelect() instanceof MemberSelectTree select && select.getExpression() instanceof IdentifierTree name
            ? Stream.<Tree>of(name) : Stream.<Tree>empty();
        return Stream.concat(receiver, call.getArguments().stream());
    }

    private Stream<Literal> found(Tree expression, int depth) {
        if (depth > MAX_DEPTH) {
            return Stream.empty();
        }
        return switch (expression) {
            case LiteralTree literal -> Stream.ofNullable(literalOf.get(literal));
            case ParenthesizedTree inner -> found(inner.getExpression(), depth + 1);
            case ConditionalExpressionTree either -> Stream.concat(found(either.getTrueExpression(), depth + 1), found(either.getFalseExpression(), depth + 1));
            case IdentifierTree name -> named(name.getName().toString(), depth + 1);
            case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS && Stream.of(sum.getLeftOperand(), sum.getRightOperand())
                .anyMatch(side -> found(side, depth + 1).findAny().isPresent()) -> Stream.of(COMPUTED);
            case MethodInvocationTree call when PREPARE.contains(name(call)) -> call.getArguments().stream().limit(1).flatMap(sql -> found(sql, depth + 1));
            case MethodInvocationTree call when OF_TEXT.contains(name(call)) -> Stream.of(COMPUTED);
            case CompoundAssignmentTree changed -> Stream.of(COMPUTED);
            default -> Stream.empty();
        };
    }

    private Stream<Literal> named(String name, int depth) {
        if (values.containsKey(name)) {
            return values.get(name).stream().flatMap(value -> found(value, depth));
        }
        return parameters.getOrDefault(name, List.of()).stream().flatMap(parameter -> calls.stream().map(Call::tree)
            .filter(call -> name(call).equals(parameter.method()) && parameter.index() < call.getArguments().size())
            .flatMap(call -> found(call.getArguments().get(parameter.index()), depth)));
    }

    private static String name(MethodInvocationTree call) {
        return switch (call.getMethodSelect()) {
            case IdentifierTree name -> name.getName().toString();
            case MemberSelectTree select -> select.getIdentifier().toString();
            default -> "";
        };
    }

    @Override public Void visitLiteral(LiteralTree tree, Void nothing) {
        if (tree.getValue() instanceof String text) {
            var isBlock = parsed.from(tree).startsWith("\"\"\"");
            var literal = new Literal(text, firstLine + parsed.line(tree) - 1 + (isBlock ? 1 : 0), isBlock);
            literals.add(literal);
            literalOf.put(tree, literal);
        }
        return super.visitLiteral(tree, nothing);
    }

    @Override public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
        calls.add(new Call(tree, firstLine + parsed.line(tree) - 1, firstLine + parsed.lastLine(tree) - 1));
        return super.visitMethodInvocation(tree, nothing);
    }

    @Override public Void visitVariable(VariableTree tree, Void nothing) {
        value(tree.getName().toString(), tree.getInitializer());
        return super.visitVariable(tree, nothing);
    }

    @Override public Void visitAssignment(AssignmentTree tree, Void nothing) {
        value(tree.getVariable().toString(), tree.getExpression());
        return super.visitAssignment(tree, nothing);
    }

    @Override public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void nothing) {
        value(tree.getVariable().toString(), tree);
        return super.visitCompoundAssignment(tree, nothing);
    }

    private void value(String name, Tree value) {
        if (value != null) {
            values.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
        }
    }

    @Override public Void visitMethod(MethodTree tree, Void nothing) {
        for (int i = 0; i < tree.getParameters().size(); i++) {
            parameters.computeIfAbsent(tree.getParameters().get(i).getName().toString(), each -> new ArrayList<>())
                .add(new Parameter(tree.getName().toString(), i));
        }
        return super.visitMethod(tree, nothing);
    }
}

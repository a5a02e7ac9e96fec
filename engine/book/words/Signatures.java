package book.words;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Declarations as a reader wants them: without modifiers and annotations, and without what engine and lesson call a package. */
final class Signatures {
    private Signatures() { }

    static String of(MethodTree method) {
        var generic = method.getTypeParameters().isEmpty() ? "" : "<" + joined(method.getTypeParameters()) + "> ";
        return generic + plain(method.getReturnType()) + " " + method.getName() + "(" + parameters(method.getParameters()) + ")";
    }

    static String of(ClassTree type) {
        var components = type.getMembers().stream().filter(VariableTree.class::isInstance).map(VariableTree.class::cast)
            .filter(variable -> !variable.getModifiers().getFlags().contains(Modifier.STATIC)).toList();
        return switch (type.getKind()) {
            case RECORD -> "record " + type.getSimpleName() + "(" + parameters(components) + ")";
            case INTERFACE -> "interface " + type.getSimpleName();
            default -> "class " + type.getSimpleName();
        };
    }

    private static String parameters(List<? extends VariableTree> variables) {
        return variables.stream().map(Signatures::parameter).collect(Collectors.joining(", "));
    }

    private static String parameter(VariableTree variable) {
        var declared = variable.toString();
        var type = declared.contains("...") ? plain(variable.getType()).replaceFirst("\\[]$", "...") : plain(variable.getType());
        return type + " " + variable.getName();
    }

    private static String joined(List<? extends Tree> trees) {
        return trees.stream().map(Signatures::plain).collect(Collectors.joining(", "));
    }

    /** "Output.Plan" is "Plan" to a reader, "java.util.concurrent.Callable" is "Callable". */
    private static String plain(Tree type) {
        return type.toString().replaceAll("\\b(?:[a-z]\\w*\\.)+", "").replace("Output.", "").replace(",", ", ").replace(",  ", ", ");
    }
}

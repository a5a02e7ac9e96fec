package kernel.compile;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** The methods and records that stand beside {@code main} in a compact source file, as source, for a Java prompt. */
public final class Members {
    private Members() { }

    /** Methods, records and fields in the order of the source, each as it stands there. */
    public static List<String> besidesMain(Path program) {
        var javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) javac.getTask(null, files, d -> { }, List.of(), null, files.getJavaFileObjects(program));
            var unit = task.parse().iterator().next();
            var positions = Trees.instance(task).getSourcePositions();
            var source = unit.getSourceFile().getCharContent(true).toString();
            var members = new ArrayList<String>();
            for (var type : unit.getTypeDecls()) {
                if (type instanceof ClassTree compact) {
                    compact.getMembers().stream().filter(Members::isWanted)
                        .map(member -> source.substring((int) positions.getStartPosition(unit, member),
                            (int) positions.getEndPosition(unit, member)))
                        .forEach(members::add);
                }
            }
            return members;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + program, e);
        }
    }

    private static boolean isWanted(Tree member) {
        return switch (member) {
            case MethodTree method -> !method.getName().contentEquals("main") && !method.getName().contentEquals("<init>");
            case ClassTree type -> true;
            default -> member.getKind() == Tree.Kind.VARIABLE;
        };
    }
}

package check;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.ToolProvider;

/**
 * A Java file of the engine, read without being compiled.
 *
 * @param packageName empty for the two programs, which start it all
 * @param types       simple names of its top-level types
 * @param names       dotted names in its imports and its code, of types and of whatever else
 */
record SourceFile(Path path, String packageName, List<String> types, Set<String> names) {

    /** All of a folder but those of {@code test} and package-info.java, in order of their paths. */
    static List<SourceFile> under(Path folder) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var task = (JavacTask) compiler.getTask(null, files, problem -> { }, List.of("-proc:none"), null,
                files.getJavaFileObjectsFromPaths(paths(folder)));
            var sources = new ArrayList<SourceFile>();
            task.parse().forEach(unit -> sources.add(of(unit)));
            return sources;
        }
    }

    private static List<Path> paths(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java")
                && !file.startsWith(folder.resolve("test"))).sorted().toList();
        }
    }

    private static SourceFile of(CompilationUnitTree unit) {
        var types = unit.getTypeDecls().stream().filter(ClassTree.class::isInstance)
            .map(type -> ((ClassTree) type).getSimpleName().toString()).toList();
        var names = new TreeSet<String>();
        new TreeScanner<Void, Void>() {
            @Override public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
                if (startsWithName(select)) {
                    names.add(select.toString());
                }
                return super.visitMemberSelect(select, nothing);
            }
        }.scan(unit, null);
        return new SourceFile(Path.of(unit.getSourceFile().toUri()),
            unit.getPackageName() == null ? "" : unit.getPackageName().toString(), types, names);
    }

    private static boolean startsWithName(MemberSelectTree select) {
        ExpressionTree first = select;
        while (first instanceof MemberSelectTree inner) {
            first = inner.getExpression();
        }
        return first instanceof IdentifierTree;
    }
}

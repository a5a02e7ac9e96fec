package kernel.jshell;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Reads statements as javac does, without compiling them. */
final class Parsing {
    private Parsing() { }

    /** The statements as the body of a method. What does not parse leaves holes, and no exception. */
    static CompilationUnitTree of(String statements) {
        var javac = ToolProvider.getSystemJavaCompiler();
        var source = new SimpleJavaFileObject(URI.create("string:///Cell.java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignoreErrors) {
                return "class Cell { void cell() {\n" + statements + "\n} }";
            }
        };
        try {
            var task = (JavacTask) javac.getTask(null, null, problem -> { }, List.of("-proc:none"), null, List.of(source));
            return task.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package kernel.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import jvm.IsolatedJvm;

/**
 * Compiles sources in this process, in memory, against the class path of the course. The file manager is kept,
 * because opening the class path again costs more than compiling a lesson.
 */
public final class JavaCompiler {
    private static final javax.tools.JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    private static StandardJavaFileManager files;
    private static ClassIndex index;

    private JavaCompiler() { }

    /** Classes by name, or what the compiler had to say. */
    public sealed interface Result {
        record Compiled(Map<String, byte[]> classes) implements Result { }

        record Refused(List<Problem> problems) implements Result { }
    }

    /** @param line 1-based, 0 where the problem has no place */
    public record Problem(Path file, long line, String message, String sourceLine) {
        @Override public String toString() {
            return file.getFileName() + ":" + line + ": " + message + (sourceLine.isBlank() ? "" : "\n    " + sourceLine.strip());
        }
    }

    /**
     * Compiles the sources together.
     *
     * @param known classes by their binary names that the sources may use and that are nowhere on disk
     */
    public static Result compile(List<Path> sources, Map<String, byte[]> known) {
        return compile(sources, known, "");
    }

    /** The same with these words at the beginning of the first line of each source: lines keep their numbers. */
    public static synchronized Result compile(List<Path> sources, Map<String, byte[]> known, String beginning) {
        var problems = new DiagnosticCollector<JavaFileObject>();
        if (files == null) {
            open();
        }
        var memory = new MemoryFiles(files, index, known);
        var options = List.of("-g", "-proc:none", "-parameters", "-implicit:none", "-Xlint:none");
        var done = JAVAC.getTask(null, memory, problems, options, null, sources(sources, beginning)).call();
        return done ? new Result.Compiled(memory.compiled())
            : new Result.Refused(problems.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR).map(JavaCompiler::problem).toList());
    }

    private static List<JavaFileObject> sources(List<Path> paths, String beginning) {
        var sources = new ArrayList<JavaFileObject>();
        files.getJavaFileObjectsFromPaths(paths).forEach(file -> sources.add(new Unmarked(file, beginning)));
        return sources;
    }

    /** A source without the byte order mark that some editors put before it, and javac refuses; with a beginning of ours. */
    private static final class Unmarked extends ForwardingJavaFileObject<JavaFileObject> {
        private final String beginning;

        Unmarked(JavaFileObject file, String beginning) {
            super(file);
            this.beginning = beginning;
        }

        @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
            var text = super.getCharContent(ignoreEncodingErrors);
            return beginning + (!text.isEmpty() && text.charAt(0) == '\uFEFF' ? text.toString().substring(1) : text);
        }
    }

    private static void open() {
        index = ClassIndex.of(IsolatedJvm.classPath());
        var opened = JAVAC.getStandardFileManager(null, Locale.ROOT, null);
        try {
            opened.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of()); // or it would be the folder we happen to be in
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files = opened;
    }

    private static Problem problem(Diagnostic<? extends JavaFileObject> diagnostic) {
        var source = diagnostic.getSource();
        return new Problem(source == null ? Path.of("") : Path.of(source.toUri()), Math.max(0, diagnostic.getLineNumber()),
            diagnostic.getMessage(Locale.ROOT), source == null ? "" : line(source, diagnostic.getLineNumber()));
    }

    private static String line(JavaFileObject source, long number) {
        try {
            var lines = source.getCharContent(true).toString().lines().toList();
            return number >= 1 && number <= lines.size() ? lines.get((int) number - 1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

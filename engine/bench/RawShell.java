package bench;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.execution.LocalExecutionControlProvider;
import lesson.Lesson;
import lesson.Program;

/** The least that a Java cell could take: JShell itself, in this process, with the lesson's imports and nothing around it. */
final class RawShell implements AutoCloseable {
    private final PrintStream usual = System.out;
    private final JShell shell = JShell.builder().executionEngine(new LocalExecutionControlProvider(), Map.of()).build();

    /** Until it is closed, what cells print goes nowhere. */
    RawShell(Lesson lesson) {
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        shell.addToClasspath(System.getProperty("java.class.path"));
        eval("import module java.base;\nimport static script.Script.*;\n" + String.join("\n", Program.imports(lesson.program())));
    }

    /** Seconds for the snippets of a cell. */
    double eval(String cell) {
        var start = System.nanoTime();
        for (var left = cell; !left.isBlank(); ) {
            var piece = shell.sourceCodeAnalysis().analyzeCompletion(left);
            check(shell.eval(piece.source()));
            left = piece.remaining();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void check(List<SnippetEvent> events) {
        for (var event : events) {
            if (event.status() == Snippet.Status.REJECTED || event.exception() != null) {
                throw new IllegalStateException("plain JShell does not take " + event.snippet().source());
            }
        }
    }

    @Override public void close() {
        shell.close();
        System.setOut(usual);
    }
}

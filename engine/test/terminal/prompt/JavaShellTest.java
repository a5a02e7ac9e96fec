package terminal.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import kernel.output.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import terminal.drawing.TextStyle;
import terminal.page.LessonContent;
import terminal.page.LessonPrinter;
import terminal.screen.Interrupts;
import terminal.screen.TerminalWriter;

/** The Java prompt and the repetition of steps, in a lesson that runs on a real server. */
class JavaShellTest {
    @TempDir Path root;

    @Test void theLessonsVariablesAreTheSameObjectsWithTheirGenericTypes() throws Exception {
        SampleLesson.atTheEndOf("java-step", root, (run, shown) -> {
            try (var shell = new JavaShell(run, new Interrupts())) {
                shell.offer(run.variables());
                assertEquals(2, value(shell, "sizes.get(\"small\").getLast()"));
                assertEquals(7, value(shell, "twice(count) + 1"));
                assertEquals(1, value(shell, "counter.get()"));
                assertEquals("java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>", shell.variables().stream()
                    .filter(v -> v.name().equals("sizes")).findFirst().orElseThrow().typeName());
            }
        });
    }

    @Test void aTableIsAValueAndAFailureKeepsItsSqlState() throws Exception {
        SampleLesson.atTheEndOf("java-step", root, (run, shown) -> {
            try (var shell = new JavaShell(run, new Interrupts())) {
                assertInstanceOf(Output.Table.class, value(shell, "query(\"select 1\")"));
                var threw = assertInstanceOf(PromptResult.Threw.class, last(shell, "var a = 1;\nquery(\"select nothing\")"));
                assertEquals("42703", ((SQLException) threw.failure()).getSQLState());
                assertEquals("line 2", threw.where());
                var refused = assertInstanceOf(PromptResult.Refused.class, last(shell, "var z = undefined;"));
                assertTrue(refused.problems().getFirst().contains("cannot find symbol"), refused::toString);
            }
        });
    }

    @Test void whatWaitsForADeclarationSaysForWhich() throws Exception {
        SampleLesson.atTheEndOf("java-step", root, (run, shown) -> {
            try (var shell = new JavaShell(run, new Interrupts())) {
                assertEquals(new PromptResult.Noted("total can be used once method price() and variable tax are declared."), last(shell, "int total() { return price() + tax; }"));
                assertEquals(new PromptResult.Missing("total cannot run yet, because method price() and variable tax are not declared."), last(shell, "total()"));
                assertInstanceOf(PromptResult.Done.class, last(shell, "int twice() { return 2 * total(); }"));
                last(shell, "int tax = 1;");
                assertEquals(new PromptResult.Missing("total cannot run yet, because method price() is not declared."), last(shell, "twice()"));
                last(shell, "int price() { return 2; }");
                assertEquals(6, value(shell, "twice()"));
                assertEquals(new PromptResult.Noted("Order can be used once class Item is declared."), last(shell, "record Order(Item item) { }"));
                var refused = assertInstanceOf(PromptResult.Refused.class, last(shell, "new Order(null)"));
                assertEquals("cannot find symbol: class Order; Order can be used once class Item is declared.", refused.problems().getFirst());
            }
        });
    }

    @Test void ctrlCStopsALoopAndAStatement() throws Exception {
        SampleLesson.atTheEndOf("java-step", root, (run, shown) -> {
            var interrupts = new Interrupts();
            try (var shell = new JavaShell(run, interrupts)) {
                for (var endless : List.of("while (true) { }", "query(\"select pg_sleep(60)\")")) {
                    Thread.ofVirtual().start(() -> pressSoon(interrupts));
                    assertInstanceOf(PromptResult.Stopped.class, last(shell, endless));
                }
                assertEquals(3, value(shell, "1 + 2"));
            }
        });
    }

    @Test void aStepRunsAgainAndShowsWhatItGives() throws Exception {
        SampleLesson.atTheEndOf("java-step", root, (run, shown) -> {
            assertEquals(List.of("ran 1 6"), texts(shown));
            var content = LessonContent.of(run.lesson());
            try (var shell = new JavaShell(run, new Interrupts())) {
                shell.offer(run.variables());
                again(content, "java-step", shell);
                assertEquals(List.of("ran 1 6", "ran 2 6"), texts(shown));
                again(content, "sql-step", shell);
                assertInstanceOf(Output.Table.class, shown.getLast());
            }
        });
    }

    private static void again(LessonContent content, String step, JavaShell shell) {
        new StepRepeater(new LessonPrinter(new TerminalWriter(new PrintStream(new ByteArrayOutputStream()), StandardCharsets.UTF_8, () -> TextStyle.plain(80))),
            () -> shell, new Interrupts()).run(content.region(step).orElseThrow());
    }

    private static List<String> texts(List<Output> shown) {
        return shown.stream().filter(Output.Text.class::isInstance).map(output -> ((Output.Text) output).text()).toList();
    }

    private static void pressSoon(Interrupts interrupts) {
        try {
            Thread.sleep(1_500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        interrupts.pressed();
    }

    private static Object value(JavaShell shell, String snippet) {
        return assertInstanceOf(PromptResult.Value.class, last(shell, snippet)).value();
    }

    private static PromptResult last(JavaShell shell, String input) {
        try {
            return shell.run(input).getLast();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import book.Recorder;
import book.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kernel.output.Output;
import lab.Progress;
import lesson.Home;
import lesson.Lesson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonCheckTest {
    private static final String PROGRAM = """
        import static script.Script.*;
        void main(String... args) throws Exception {
            begin("01-first", args);
            step("one");             // tag::one[]
            var greeting = "hello";
            show(greeting);
            // end::one[]
            %s
            step("two");             // tag::two[]
            show(query("select ? as word", %s));
            expect("one is one", 1L, value(Long.class, "select 1::bigint"));
            // end::two[]
        }
        """;
    @TempDir Path root;

    @Test
    @DisplayName("a lesson that shows what was recorded passes, in its program and region by region")
    void same() throws Exception {
        var home = homeWith(PROGRAM.formatted("", "greeting"));
        record(home.lessons().getFirst());
        assertPassed(LessonCheck.of(home.lessons().getFirst(), "embedded"));
        assertPassed(List.of(CellCheck.of(home.lessons().getFirst(), "embedded")));
    }

    @Test
    @DisplayName("a region that uses something between the regions runs in the program and fails by itself")
    void regionNotSelfContained() throws Exception {
        var home = homeWith(PROGRAM.formatted("var hidden = greeting;", "hidden"));
        record(home.lessons().getFirst());
        assertPassed(LessonCheck.of(home.lessons().getFirst(), "embedded"));
        var result = CellCheck.of(home.lessons().getFirst(), "embedded");
        assertFalse(result.passed());
        assertTrue(result.message().contains("step two") && result.message().contains("hidden"), result.message());
    }

    @Test
    @DisplayName("a claim that does not hold fails the lesson, with the claim")
    void falseClaim() throws Exception {
        var home = homeWith(PROGRAM.formatted("", "greeting").replace("\"one is one\", 1L", "\"one is two\", 2L"));
        recording("one", new Output.Text("x")).write(home.lessons().getFirst().recording());
        var result = LessonCheck.of(home.lessons().getFirst(), "embedded").getFirst();
        assertFalse(result.passed());
        assertTrue(result.message().contains("one is two"), result.message());
    }

    @Test
    @DisplayName("an output of another kind than recorded is a difference; another figure is not")
    void shapes() {
        var recorded = recording("one", new Output.Text("a"));
        assertEquals(List.of(), LessonCheck.differences(recorded, shown(new Output.Text("b"))));
        assertEquals(1, LessonCheck.differences(recorded, shown(new Output.Log("server", List.of()))).size());
        assertEquals(1, LessonCheck.differences(recorded, new LinkedHashMap<>()).size());
    }

    @Test
    @DisplayName("a step that says why it was skipped need not look like its recording")
    void skipped() {
        assertEquals(List.of(), LessonCheck.differences(recording("one", new Output.Text("a")),
            shown(new Output.Skipped("needs PostgreSQL 18"))));
    }

    private static Map<String, List<Output>> shown(Output output) {
        return new LinkedHashMap<>(Map.of("one", List.of(output)));
    }

    private static Recording recording(String step, Output output) {
        return new Recording("01-first", "18.6", "embedded", "25", "2026-11-22",
            List.of(new Recording.Step(step, "0123456789ab", List.of(output))));
    }

    private Home homeWith(String program) throws IOException {
        var folder = Files.createDirectories(root.resolve("lessons/01-first"));
        Files.writeString(folder.resolve("lesson01.java"), program);
        return new Home(root);
    }

    private static void record(Lesson lesson) throws Exception {
        Recorder.record(lesson, "embedded", Progress.SILENT).write(lesson.recording());
    }

    private static void assertPassed(List<Result> results) {
        assertEquals(List.of(), results.stream().filter(result -> !result.passed()).map(Result::message).toList());
    }
}

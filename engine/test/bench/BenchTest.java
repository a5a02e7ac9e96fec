package bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lesson.Home;
import lesson.Lesson;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The bench")
class BenchTest {
    @TempDir Path root;

    @Test @DisplayName("puts back what the learner wrote, and leaves nothing where nothing was")
    void aside() throws IOException {
        var lesson = new Lesson(new Home(root), "01", "trial");
        var written = root.resolve(".course/notebook/01-trial.json");
        Files.createDirectories(written.getParent());
        Files.writeString(written, "mine");
        try (var savedNotebook = new SavedNotebook(lesson)) {
            assertFalse(Files.exists(written));
            Files.writeString(written, "the bench's");
        }
        assertEquals("mine", Files.readString(written));
        Files.delete(written);
        try (var savedNotebook = new SavedNotebook(lesson)) {
            Files.writeString(written, "the bench's");
        }
        assertFalse(Files.exists(written));
    }

    @Test @DisplayName("leaves no temporary file behind when a command fails, and says what the command said")
    void failure() throws IOException {
        var before = temporary();
        var failure = assertThrows(IOException.class, () -> new Commands(root).run(List.of("sh", "-c", "echo no luck; exit 3"), Map.of()));
        assertTrue(failure.getMessage().contains("no luck"), failure.getMessage());
        assertThrows(IOException.class, () -> new Commands(root).lesson(List.of("lesson01"), Map.of()));
        assertEquals(Set.of(), temporary().stream().filter(name -> !before.contains(name)).collect(Collectors.toSet()));
    }

    private static Set<String> temporary() throws IOException {
        var own = "bench";
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(folder -> Files.exists(folder.resolve(own))).map(Path::toString).collect(Collectors.toSet());
        }
    }

    @Test @DisplayName("says what comes on top of a floor, and how many times the floor it is")
    void rows() {
        var floor = new Row("floor", new double[] {0.010, 0.020, 0.030}, "");
        var row = new Row("cell", new double[] {0.050, 0.060, 0.070}, "");
        assertTrue(row.above(floor).endsWith("+40 ms over floor"), row.above(floor));
        assertTrue(row.beside(floor).endsWith("3.00 × floor"), row.beside(floor));
    }
}

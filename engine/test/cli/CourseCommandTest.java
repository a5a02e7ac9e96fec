package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grading.progress.LearnerProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lab.Progress;
import lesson.CourseFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terminal.drawing.TextStyle;
import terminal.drawing.Width;
import terminal.screen.TerminalWriter;

class CourseCommandTest {
    private final CourseFolder course = CourseFolder.of("course");

    @BeforeEach void fourteenLessonsOfSixExercises() {
        for (int lesson = 1; lesson <= 14; lesson++) {
            var id = "%02d-a-topic-like-others".formatted(lesson);
            course.write("lessons/" + id + "/lesson%02d.java".formatted(lesson), "void main() { }");
            for (int exercise = 1; exercise <= 6; exercise++) {
                var title = exercise == 3 ? "A title that is longer than those of the others, and by far" : "Short";
                course.write("exercises/" + id + "/" + exercise + "-an-exercise/exercise.adoc", "= " + title + "\n");
                course.write("exercises/" + id + "/" + exercise + "-an-exercise/a.sql", lesson == 1 ? "select 2" : "select 1");
                course.write("verify/" + id + "/starter/" + exercise + "-an-exercise/a.sql", "select 1");
            }
        }
    }

    @AfterEach void remove() {
        course.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 110})
    void theHomeScreenFitsAScreen(int width) {
        var lines = printed(width);
        assertTrue(lines.size() <= (width < 80 ? 24 : 23), lines.size() + " lines");
        assertTrue(lines.stream().allMatch(line -> Width.of(line) <= width), String.join("\n", lines));
    }

    @Test void theExercisesOfTheNextLessonStandBelowItAndTheirStatesBelowEachOther() {
        var lines = printed(80);
        assertTrue(lines.get(1).startsWith("· 01  A topic like others  0 of 6   ./jbang lesson01"), lines.get(1));
        assertTrue(lines.get(2).startsWith("      · 01.1  Short "), lines.get(2));
        assertTrue(lines.get(8).startsWith("  02  A topic"), lines.get(8));
        assertEquals(1, lines.subList(2, 8).stream().map(line -> line.indexOf("begun")).distinct().count(), String.join("\n", lines));
    }

    private List<String> printed(int width) {
        var out = new ByteArrayOutputStream();
        var writer = new TerminalWriter(new PrintStream(out, true, StandardCharsets.UTF_8), StandardCharsets.UTF_8, () -> TextStyle.plain(width));
        CourseCommand.print(course.home(), LearnerProgress.of(course.home(), Progress.SILENT), writer);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}

package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.gradebook.GradedSubmission;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import terminal.drawing.TextStyle;
import terminal.screen.TerminalWriter;

@DisplayName("While a class is graded")
class GradingProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test @DisplayName("a bar says how far it is and how long it may take")
    void bar() {
        assertEquals("[███████████████               ] 20 of 40, 10 min left", GradingProgress.bar(20, 40, Duration.ofMinutes(10)));
        assertEquals("[                              ] 1 of 40, 39 s left", GradingProgress.bar(1, 40, Duration.ofSeconds(1)));
        assertEquals("[██████████████████████████████] 40 of 40", GradingProgress.bar(40, 40, Duration.ofHours(3)));
    }

    @Test @DisplayName("each submission has a line where there is no terminal, and its name obeys nobody")
    void lines() {
        shown(false);
        assertEquals("1 of 2  ␛[2Janna.zip\n2 of 2  ben.zip: it is no submission\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test @DisplayName("at a terminal nothing is left of the bar in the end")
    void terminal() {
        shown(true);
        assertTrue(out.toString(StandardCharsets.UTF_8).endsWith("\r\u001b[K"));
        assertFalse(out.toString(StandardCharsets.UTF_8).contains("\n"));
    }

    private void shown(boolean bar) {
        var writer = new TerminalWriter(new PrintStream(out, true, StandardCharsets.UTF_8), StandardCharsets.UTF_8, () -> TextStyle.plain(80));
        var progress = new GradingProgress(writer, bar, 2);
        progress.accept(new GradedSubmission(1, "\u001b[2Janna.zip", "", "", "unsigned", List.of(), List.of()));
        progress.accept(new GradedSubmission(1, "ben.zip", "", "it is no submission", "", List.of(), List.of()));
        progress.end();
    }
}

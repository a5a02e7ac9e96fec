package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grading.host.SampleCourse;
import grading.report.Check;
import grading.report.Check.Cause;
import grading.report.Check.Status;
import grading.report.Got;
import grading.report.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terminal.drawing.TextStyle;
import terminal.drawing.Width;
import terminal.screen.TerminalWriter;

class LadderPrinterTest {
    private static final Check COMPILES = Check.rung("compiles", "The answer compiles").passed("", Duration.ofMillis(3));
    private static final Check PAGES = Check.planned("pages", "The page reads only what it shows", 2, "").ended(Status.FAILED,
        new Cause("Pages of `select 1`", "at most 20", new Got("Limit\n└─ Seq Scan on posts; 101 buffers", "101 pages", "Limit\n└─ Seq Scan on posts"),
            "Which index begins with `author_id`?", "", ""), "", Duration.ZERO);
    private static final Check LATER = Check.planned("later", "The next page goes on where the first ended", 0, "pages").skipped("needs: The page reads only what it shows");

    @Test void theSummaryIsFirstAndTheHintNamesItsCheck() {
        assertEquals("""
            02.1  Sum up
              ✗ 1 of 3 passed in 1.50 s

              ✓ The answer compiles
              ✗ The page reads only what it shows
                  Pages of select 1
                  got       101 pages; expected at most 20
                  plan      Limit
                            └─ Seq Scan on posts
                  look at   Which index begins with author_id?
              – The next page goes on where the first ended  (needs: The page reads only
                what it shows)

              Hint 2 is about “The page reads only what it shows”: ./jbang hint 02.1 2
            """, printed(80, COMPILES, PAGES, LATER));
    }

    @Test void whatHasSeveralLinesStandsBelowEachOther() {
        var rows = Check.planned("rows", "The rows are right", 0, "").ended(Status.FAILED, new Cause("The rows", "1\n2", "1\n3", "", ""), "hello\n", Duration.ZERO);
        assertTrue(printed(80, rows).contains("""
                  got       1
                            3
                  expected  1
                            2
                  printed   hello

              A hint: ./jbang hint 02.1
            """), printed(80, rows));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 110})
    void noLineIsWiderThanTheTerminal(int width) {
        var text = printed(width, COMPILES, PAGES, LATER);
        assertTrue(text.lines().allMatch(line -> Width.of(line) <= width), text);
    }

    private static String printed(int width, Check... checks) {
        try (var course = new SampleCourse()) {
            var out = new ByteArrayOutputStream();
            var verdict = new Verdict(course.exercise(), course.exercise().folder(), "hash", List.of(checks), List.of(), "18.6", Duration.ofMillis(1500));
            new LadderPrinter(new TerminalWriter(new PrintStream(out, true, StandardCharsets.UTF_8), StandardCharsets.UTF_8, () -> TextStyle.plain(width))).print(verdict);
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}

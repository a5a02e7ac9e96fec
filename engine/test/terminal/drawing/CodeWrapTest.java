package terminal.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import java.util.stream.Stream;
import lesson.Home;
import lesson.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeWrapTest {
    @Test void whatGoesOnStandsFurtherToTheRight() {
        assertEquals("""
            .
              select title, created_at
                    from app.posts order
                    by created_at""", ".\n" + wrapped("  select title, created_at from app.posts order by created_at", 28));
    }

    @Test void aLineThatFitsStaysAsItIs() {
        assertEquals("    return;", wrapped("    return;", 28));
    }

    @Test void theCommentGoesDownFirstAndInOnePiece() {
        assertEquals("""
            order by created_at limit 10;
                  -- as the index is""", wrapped("order by created_at limit 10;              -- as the index is", 40));
    }

    @Test void aCommentThatGoesOnIsStillOne() {
        assertEquals("""
            -- one two three four five
                  -- six seven eight
                  -- nine""", wrapped("-- one two three four five six seven eight nine", 27));
    }

    @Test void aColourGoesOnInTheNextLine() {
        assertEquals(List.of("var a = \u001b[38;5;71m\"one two three four\u001b[0m", "      \u001b[38;5;71mfive\"\u001b[39m;"),
            CodeWrap.lines("var a = \u001b[38;5;71m\"one two three four five\"\u001b[39m;", 27));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 110})
    void codeOfEachLessonFitsAndIsStillTheSameCode(int width) {
        var lines = Home.here().lessons().stream().flatMap(lesson -> Program.regions(lesson.program()).stream())
            .flatMap(region -> region.source().lines()).toList();
        for (var line : lines) {
            var broken = CodeWrap.lines(line, width - 4);
            assertTrue(broken.stream().allMatch(piece -> Width.of(piece) <= width - 4), () -> String.join("\n", broken));
            assertEquals(words(Stream.of(line)), words(broken.stream()));
        }
    }

    /** Without what is between words, and without the marks of comments, which are said again. */
    private static String words(Stream<String> lines) {
        return String.join("", lines.toList()).replaceAll("[-/#\\s]", "");
    }

    private static String wrapped(String line, int width) {
        return String.join("\n", CodeWrap.lines(line, width));
    }
}

package terminal.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import terminal.prompt.Typed.Piece;

/** A paste of several lines is carried out in the order in which psql would. */
class TypedTest {
    /** The sign ¶ is a new line, and a bar stands between the pieces. */
    @ParameterizedTest
    @CsvSource(delimiter = '=', quoteCharacter = '§', value = {
        "\\x¶select 1;                       = \\x | select 1;",
        "\\timing¶select 1;¶\\d¶select 2;    = \\timing | select 1; | \\d | select 2;",
        "select 1;¶\\dt¶select 2;            = select 1; | \\dt | select 2;",
        "select 1;\\dt                       = select 1; | \\dt",
        "select 1¶\\x¶+ 2;                   = \\x | select 1 + 2;",
        "select (1 \\x¶+ 2);                 = \\x | select (1 + 2);",
        "select 1 \\g¶select 2;              = select 1 | select 2;",
        "select 1¶\\gx¶select 2;             = expanded select 1 | select 2;",
        "select 1 \\gset¶select 2;           = select 1 | \\gset | select 2;",
        "select 1 \\gdesc¶select 2;          = \\gdesc | select 2;",
        "select 1 \\g rows.txt¶select 2;     = select 1 | \\g rows.txt | select 2;",
        "select 1¶\\r¶select 2;              = \\r | select 2;",
        "\\x \\dt¶select 1;                  = \\x | \\dt | select 1;",
        "\\x \\\\ select 1;                  = \\x | select 1;",
        "\\echo it's¶select 1;               = \\echo it's | select 1;",
        "\\d \"a\\b\"¶select 1;              = \\d \"a\\b\" | select 1;",
        "\\d orders.\"Order Items\"          = \\d orders.\"Order Items\"",
        "-- \\dt¶select 1;                   = -- \\dt select 1;",
        "select '¶\\dt¶';                    = select ' \\dt ';",
        "select $$¶\\dt¶$$ \\g               = select $$ \\dt $$",
        "select 1\\; select 2;               = select 1; select 2;",
        "\\i seed.sql¶select 1;              = \\i seed.sql | select 1;",
        "copy t from stdin;¶1 it's¶;¶\\.¶select 1; = copy t from stdin; <1 it's ;> | select 1;"})
    void commandsAndStatementsComeInTheirOrder(String text, String pieces) {
        var typed = Typed.of(text.replace('¶', '\n'));
        assertEquals(pieces, typed.pieces().stream().map(TypedTest::text).collect(Collectors.joining(" | ")));
        assertTrue(typed.isComplete());
        assertEquals("", typed.waiting());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x\nselect 1", "select 'a\n\\q", "select 1 \\x\n+", "copy t from stdin;", "copy t from stdin;\n1\n", "select 1\\;"})
    void enterAsksForMoreWhereTheEndIsMissing(String text) {
        assertFalse(Typed.of(text).isComplete());
    }

    @Test void aStatementWaitsBehindACommandForItsEnd() {
        var typed = Typed.of("select 1\n\\timing");
        assertEquals(List.of(new Piece.Command("\\timing")), typed.pieces());
        assertTrue(typed.isComplete());
        assertEquals("select 1\n", typed.waiting());
    }

    @Test void aCommandThatIsNotHereIsToldWithWhatDoesTheSame() {
        assertTrue(OtherCommands.sentence("\\ir").contains("\\i FILE"));
        assertTrue(OtherCommands.sentence("\\df+").contains("pg_proc"));
        assertTrue(OtherCommands.sentence("\\nothing").contains("\\? lists"));
    }

    private static String text(Piece piece) {
        return switch (piece) {
            case Piece.Statement(var sql, var isExpanded) -> (isExpanded ? "expanded " : "") + plain(sql);
            case Piece.Copy(var sql, var rows) -> sql + " <" + plain(rows) + ">";
            case Piece.Command(var line) -> line;
        };
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}

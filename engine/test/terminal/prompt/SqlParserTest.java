package terminal.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import kernel.sql.syntax.SqlStatements;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlParserTest {
    @Test void severalStatementsAreTakenApart() {
        assertEquals(List.of("begin;", "select 1;"), SqlStatements.of("begin; select 1;\n").complete());
    }

    @ParameterizedTest
    @ValueSource(strings = {"select ';';", "select \"a;b\";", "select $$ ; $$;", "select $f$ ; $$ ; $f$;", "select 1 -- ;\n;",
        "select /* ; /* ; */ ; */ 1;", "select 'it''s;';", "select E'\\';';", "create rule r as on insert to t do (select 1; select 2);", "select date'2026-11-22\\';", "select a$b$c;", "select 1 as \"begin\";",
        "create or replace function f() returns int language sql begin atomic select 1; select case when true then 1 end; end;",
        "create function f() returns int begin atomic select 1 as end, t.begin from t; select 2 as case; end;",
        "create procedure p() begin atomic insert into t values (1); end;"})
    void aSemicolonInsideOfSomethingEndsNothing(String text) {
        assertEquals(List.of(text), SqlStatements.of(text).complete());
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1", "select 'open;", "select $$ open;", "select 1; select", "/* open", "select (1;"})
    void whatWaitsForMoreIsNotComplete(String text) {
        assertFalse(SqlStatements.of(text).isComplete());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "select 1;", "select 1; -- done", "-- only a comment", "select 1; /* done */"})
    void whatWaitsForNothingIsComplete(String text) {
        assertTrue(SqlStatements.of(text).isComplete());
    }

    @Test void blanksThatCannotBeSeenAreBlanksUnlessTheyAreQuoted() {
        var typed = SqlStatements.of("\ufeffselect\u00a0'a\u00a0b'\u200b;\u00a0\u3000");
        assertEquals(List.of("select 'a\u00a0b' ;"), typed.complete());
        assertTrue(typed.isComplete());
        assertTrue(SqlStatements.isBlank("\u00a0;\ufeff"));
    }

    @Test void aTransactionIsNoBodyOfARoutine() {
        assertEquals(List.of("begin;", "select 1;", "end;", "create table function_begin (id int);"),
            SqlStatements.of("begin; select 1; end; create table function_begin (id int);").complete());
    }

    @Test void theLineEditorGoesOnUntilTheSemicolonButNotForCommands() {
        var parser = new SqlParser();
        assertThrows(EOFError.class, () -> parser.parse("select 1", 8, ParseContext.ACCEPT_LINE));
        assertEquals("\\dt", parser.parse("\\dt", 3, ParseContext.ACCEPT_LINE).word());
        assertEquals("ba", parser.parse("select a.ba from", 11, ParseContext.COMPLETE).word());
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1\n\\q", "select (1,\n  \\q  ", "\\q", "select 1;\nselect 2\n\\q"})
    void aCommandBehindAForgottenSemicolonIsHeard(String text) {
        assertEquals(new Typed.Piece.Command("\\q"), Typed.of(text).pieces().getLast());
        new SqlParser().parse(text, text.length(), ParseContext.ACCEPT_LINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'a\n\\q", "select $$\n\\q", "/* open\n\\q", "select \"a\n\\q"})
    void aBackslashInsideOfQuotesIsPartOfTheText(String text) {
        assertTrue(Typed.of(text).pieces().isEmpty());
        assertThrows(EOFError.class, () -> new SqlParser().parse(text, text.length(), ParseContext.ACCEPT_LINE));
    }

    @Test void allThatThereIsToRunIsGivenAndCommentsAreNot() {
        assertEquals(List.of("select ';';", "vacuum"), SqlStatements.all("select ';'; -- done\n ; vacuum\n").stream().map(String::strip).toList());
    }
}

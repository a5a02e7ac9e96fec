package kernel.sql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.stream.Collectors;
import kernel.sql.syntax.SqlToken.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScannerTest {
    @Test void wordsAreReadInLowerCaseAndEverythingElseAsItStands() {
        assertEquals("WORD select, QUOTED_IDENTIFIER \"Ab\", OTHER ., WORD größe_1$, COMMA ,, STRING 'X'", read("SELECT \"Ab\".Größe_1$, 'X'"));
        assertEquals("WORD ${table}, VARIABLE price, VARIABLE $1, OTHER {, OTHER {, NUMBER 1", read("${table} {{ price }} {{$1}} {{1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'it''s'", "''", "E'\\''", "e'a''b\\'c'", "'back\\'", "';--'", "'{{name}}'"})
    void aStringEndsAtItsOwnQuote(String text) {
        assertEquals("STRING " + text + ", SEMICOLON ;", read(text + ";"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$$ ; ' $$", "$f$ $$ ; $$ $f$", "$ü_1$ $ $ü_1$", "$größe$ ; $größe$", "$gro\u0308ße$ ; $gro\u0308ße$", "$👩$ ; $👩$"})
    void aDollarQuoteEndsAtItsOwnTag(String text) {
        assertEquals("DOLLAR_STRING " + text + ", SEMICOLON ;", read(text + ";"));
    }

    @Test void aDollarWithinAWordAndAParameterOpenNothing() {
        assertEquals("WORD a$b$c", read("a$b$c"));
        assertEquals("OTHER $, NUMBER 1, COMMA ,, OTHER $, NUMBER 2", read("$1, $2"));
    }

    @Test void anEBeforeAQuoteIsItsSignOnlyWhereNoWordEndsInIt() {
        assertEquals("WORD date, STRING '2026-11-22\\', SEMICOLON ;", read("date'2026-11-22\\';"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a;b\"", "\"say \"\"so\"\"\"", "\"--\""})
    void aQuotedIdentifierEndsAtItsOwnQuote(String text) {
        assertEquals("QUOTED_IDENTIFIER " + text + ", WORD x", read(text + " x"));
    }

    @Test void commentsNestAndEndWithTheirLine() {
        assertEquals("WORD a, COMMENT /* /* ; */ ' */, WORD b, COMMENT -- ; it's, WORD c", read("a/* /* ; */ ' */b-- ; it's\nc"));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1_000,1_000", "1.5e-3,1.5e-3", ".5,.5", "0x1F,0x1F", "1.,1."})
    void aNumberIsOneToken(String text, String number) {
        assertEquals("NUMBER " + number, read(text));
    }

    @Test void aRangeOfNumbersIsThreeTokens() {
        assertEquals("NUMBER 1, OPERATOR .., NUMBER 10", read("1..10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", ":=", "=>", "<>", "->>", "<->", "@>", "||", "!~*", "<=", "@-"})
    void anOperatorIsOneToken(String text) {
        assertEquals("WORD a, OPERATOR " + text + ", WORD b", read("a" + text + "b"));
    }

    @Test void anOperatorEndsBeforeTheSignOfANumberAndBeforeAComment() {
        assertEquals("OPERATOR =, OPERATOR -, NUMBER 1", read("=-1"));
        assertEquals("OPERATOR +, COMMENT --b", read("+--b"));
        assertEquals("OPERATOR *, COMMENT /*b*/", read("*/*b*/"));
    }

    @Test void aQuestionMarkStandsAlone() {
        assertEquals("OPERATOR =, OTHER ?", read("=?"));
        assertEquals("WORD a, OTHER ?, OPERATOR |, WORD b", read("a ?| b"));
    }

    @Test void whatIsNotAsciiIsALetterUnlessItIsABlank() {
        assertEquals("WORD gro\u0308ße, COMMA ,, WORD 日本, COMMA ,, WORD 👩‍🚀", read("gro\u0308ße, 日本, 👩‍🚀"));
        assertEquals("WORD select, NUMBER 1, SEMICOLON ;", read("\ufeffselect\u00a01\u200b;\u00a0\u3000"));
    }

    @Test void depthCountsParentheses() {
        var tokens = SqlScanner.tokens("a (b (c)) d)");
        assertEquals("0 0 1 1 2 1 0 0 0", tokens.stream().map(token -> String.valueOf(token.depth())).collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'open", "'open''", "E'open\\'", "\"open", "$$ open $", "/* open /* */", "-- open"})
    void whatWaitsForItsEndIsNotClosed(String text) {
        var token = SqlScanner.tokens(text).getLast();
        assertEquals(text.length(), token.end());
        assertFalse(token.closed());
        assertTrue(token.quotes(text.length()));
    }

    @Test void aClosedQuoteQuotesNothingAfterItsEnd() {
        var token = SqlScanner.tokens("'a' ").getFirst();
        assertTrue(token.quotes(2));
        assertFalse(token.quotes(3));
        assertFalse(token.quotes(0));
    }

    @Test void aLongStringIsReadWithoutADeepStack() {
        var text = "'" + "it''s ".repeat(100_000) + "'";
        assertEquals(Kind.STRING, SqlScanner.tokens(text).getLast().kind());
        assertEquals(1, SqlScanner.tokens(text).size());
    }

    private static String read(String text) {
        return SqlScanner.tokens(text).stream().map(token -> token.kind() + " " + token.text()).collect(Collectors.joining(", "));
    }
}

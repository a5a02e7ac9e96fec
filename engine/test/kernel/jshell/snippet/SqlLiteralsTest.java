package kernel.jshell.snippet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.Optional;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.jshell.snippet.SqlLiterals.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which text of a cell was sent. The failure is that of {@code select 1, nothing} on the line with the mark {@code // here}. */
class SqlLiteralsTest {
    private static final String SENT = "select 1, nothing";
    private static final Output.Failure FAILURE = new Output.Failure("PSQLException", "column \"nothing\" does not exist", "42703", "", "", "", SENT.indexOf("nothing") + 1);

    private static Optional<Sent> sent(String cell, Output.Failure failure) {
        var line = (int) cell.substring(0, cell.indexOf("// here")).lines().count();
        return SqlLiterals.sentAt(cell, JavaNames.pieces(cell), line, failure);
    }

    @Test void theTextOfTheCallThatFailedIsMeantAndNotAnotherOneOfTheSameWords() {
        assertEquals(Optional.of(new Sent(SENT, 11, 2)), sent("var other = \"select 2, nothing else\";\ns.execute(\"select 1, nothing\"); // here", FAILURE));
        assertEquals(Optional.of(new Sent(SENT, 11, 1)), sent("var sql = \"select 1, nothing\";\nvar other = \"select 2, nothing else\";\ns.execute(sql); // here", FAILURE));
    }

    @Test void theLineIsThatOfThePlaceInATextBlock() {
        var failure = new Output.Failure("", FAILURE.message(), "42703", "", "", "", "select 1,\n    nothing\n".indexOf("nothing") + 1);
        assertEquals(4, sent("int a = 1;\ns.execute(\"\"\" // here\n    select 1,\n        nothing\n    \"\"\");".replace("\"\"\" // here", "/* // here */ \"\"\""), failure)
            .orElseThrow().line());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "var other = \"select 1, nothing\";\ns.execute(\"select 1, \" + column); // here",
        "var other = \"select 1, nothing\";\nvar sql = \"select 1, \" + column;\ns.execute(sql); // here",
        "var other = \"select 1, nothing\";\ns.execute(\"select 1, %s\".formatted(column)); // here",
        "var other = \"select 1, nothing\";\ns.execute(sqlOfAnotherCell); // here",
        "var other = \"select 1, nothing\";\nvar sql = \"select \";\nsql += column;\ns.execute(sql); // here"})
    void sqlThatIsPutTogetherMarksNoOtherText(String cell) {
        assertEquals(Optional.empty(), sent(cell, FAILURE));
    }

    @Test void aTextThatStandsTwiceHasNoLine() {
        assertEquals(Optional.of(new Sent(SENT, 11, 0)), sent("var a = \"select 1, nothing\";\ns.execute(\"select 1, nothing\"); // here", FAILURE));
    }

    @Test void aPreparedStatementIsMeantWithItsOwnQuestionMarks() {
        var failure = new Output.Failure("", FAILURE.message(), "42703", "", "", "", "select $1, $2, nothing".indexOf("nothing") + 1);
        assertEquals(Optional.of(new Sent("select ?, ?, nothing", 14, 1)),
            sent("try (var p = c.prepareStatement(\"select ?, ?, nothing\")) {\n p.setInt(1, 7);\n p.executeQuery(); // here\n}", failure));
    }

    @Test void theTextThatAMethodOfTheCellWasGivenIsMeant() {
        assertEquals(Optional.of(new Sent(SENT, 11, 4)), sent("void run(String sql) throws Exception {\n s.execute(sql); // here\n}\nrun(\"select 1, nothing\");", FAILURE));
    }

    @Test void aPlaceInASecondStatementIsCountedFromTheBeginning() {
        assertEquals(21, Failures.positionIn("select 1; select 2, nothing", 12, FAILURE.message()));
        assertEquals(9, Failures.positionIn("select 1", 9, "syntax error at end of input"));
        assertTrue(Failures.positionIn("select '👩', nothing", 13, FAILURE.message()) > 0);
    }
}

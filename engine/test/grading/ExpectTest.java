package grading;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What verifiers expect")
class ExpectTest {
    private static final Rows EXPECTED = Rows.columns("id", "name").row(1, "Ada").row(2, "").row(2, "");

    @Test @DisplayName("NULL is not the empty text, and both can be told apart in the message")
    void nullIsNotEmpty() {
        var mismatch = assertThrows(Mismatch.class, () -> Expect.table("The users", EXPECTED,
            Rows.columns("id", "name").row(1, "Ada").row(2, "").row(2, null), ""));
        assertTrue(mismatch.expected().contains("(2, '')"), mismatch.expected());
        assertTrue(mismatch.actual().contains("(2, NULL)"), mismatch.actual());
    }

    @Test @DisplayName("a row that should come twice must come twice")
    void countsRows() {
        var mismatch = assertThrows(Mismatch.class, () -> Expect.table("The users", EXPECTED,
            Rows.columns("id", "name").row(1, "Ada").row(2, ""), ""));
        assertTrue(mismatch.expected().startsWith("3 rows"), mismatch.expected());
        assertTrue(mismatch.actual().startsWith("2 rows"), mismatch.actual());
    }

    @Test @DisplayName("order matters only where it is asked for")
    void order() {
        var turned = Rows.columns("id", "name").row(2, "").row(1, "Ada").row(2, "");
        assertDoesNotThrow(() -> Expect.table("The users", EXPECTED, turned, ""));
        var mismatch = assertThrows(Mismatch.class, () -> Expect.tableInOrder("The users", EXPECTED, turned, ""));
        assertTrue(mismatch.actual().contains("row 1 is (2, '')"), mismatch.actual());
    }

    @Test @DisplayName("numbers compare by value, and a number is not a text")
    void numbers() {
        assertDoesNotThrow(() -> Expect.table("A sum", Rows.unnamed().row(100), Rows.unnamed().row(new BigDecimal("100.0")), ""));
        assertThrows(Mismatch.class, () -> Expect.table("A sum", Rows.unnamed().row(100), Rows.unnamed().row("100"), ""));
    }

    @Test @DisplayName("column names are compared first")
    void columnNames() {
        var mismatch = assertThrows(Mismatch.class, () -> Expect.table("The users", EXPECTED, Rows.columns("id", "nom"), ""));
        assertEquals("columns id, nom", mismatch.actual());
    }

    @Test @DisplayName("an SQLSTATE is found behind other exceptions")
    void sqlState() {
        var found = Expect.sqlState("A second Ada", "23505", () -> {
            throw new RuntimeException(new SQLException("duplicate", "23505"));
        }, "");
        assertEquals("duplicate", found.getMessage());
    }

    @Test @DisplayName("another SQLSTATE, and none at all, are told")
    void otherSqlState() {
        var other = assertThrows(Mismatch.class, () -> Expect.sqlState("A second Ada", "23505", () -> {
            throw new SQLException("no such table", "42P01");
        }, ""));
        assertTrue(other.actual().contains("42P01"), other.actual());
        var none = assertThrows(Mismatch.class, () -> Expect.sqlState("A second Ada", "23505", () -> { }, ""));
        assertEquals("no error at all", none.actual());
    }

    @Test @DisplayName("work that does not end in time is left, and told")
    void within() {
        var mismatch = assertThrows(Mismatch.class, () -> Expect.within("A nap", Duration.ofMillis(50), () -> {
            Thread.sleep(60_000);
            return 1;
        }));
        assertTrue(mismatch.actual().startsWith("it still runs"), mismatch.actual());
    }
}

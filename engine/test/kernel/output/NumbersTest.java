package kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test void threeDigitsAreKept() {
        assertEquals("7.84 ms", Numbers.of(7.8412, "ms"));
        assertEquals("0.083", Numbers.of(0.0831));
        assertEquals("98\u202f214", Numbers.of(98_214));
        assertEquals("12.5", Numbers.of(12.46));
    }

    @Test void trailingZeroesAreNot() {
        assertEquals("20", Numbers.of(20.01));
        assertEquals("0", Numbers.of(-0.0000001));
        assertEquals("0", Numbers.of(0));
    }

    @Test void whatIsNotANumberIsSaidInWords() {
        assertEquals("not measured", Numbers.of(Double.NaN, "ms"));
        assertEquals("not measured", Numbers.of(Double.POSITIVE_INFINITY));
    }

    @Test void oneRowIsNotRows() {
        assertEquals("1 row", Numbers.counted(1, "row"));
        assertEquals("0 rows", Numbers.counted(0, "row"));
    }

    @Test void oneCallIsNotCalls() {
        assertEquals("1 call", Numbers.of(1, "calls"));
        assertEquals("1 query", Numbers.of(1, "queries"));
        assertEquals("1 entry in pg_stat_statements", Numbers.of(1, "entries in pg_stat_statements"));
        assertEquals("2 calls", Numbers.of(2, "calls"));
        assertEquals(List.of("1 ms", "1 of 200", "1 per second", "1 MB", "1 s"),
            List.of("ms", "of 200", "per second", "MB", "s").stream().map(unit -> Numbers.of(1, unit)).toList());
    }

    @Test void aNumberIsNotBrokenBetweenItsThousands() {
        assertEquals("of 200\u202f000 jobs", Numbers.unbroken("of 200 000 jobs"));
        assertEquals("2\u202f147\u202f483\u202f647 (2200H)", Numbers.unbroken("2 147 483 647 (2200H)"));
        assertEquals("in 2026 300 people", Numbers.unbroken("in 2026 300 people"));
        assertEquals("page 2, 10", Numbers.unbroken("page 2, 10"));
    }
}

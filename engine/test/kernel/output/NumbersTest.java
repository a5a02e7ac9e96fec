package kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}

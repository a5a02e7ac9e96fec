package kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimReadingTest {
    @Test void aListIsItsValuesAndYesOrNoIsSaidInWords() {
        assertEquals(List.of(List.of("yes"), List.of("no")), ClaimReading.of("[true, false]").rows());
        assertEquals(List.of(List.of("23505"), List.of("accepted")), ClaimReading.of("[23505, accepted]").rows());
        assertEquals(List.of(List.of("1,2"), List.of("–")), ClaimReading.of("[1,2, ]").rows(), "no space, no end of a value");
    }

    @Test void valuesOfSeveralPartsAreRows() {
        assertEquals(List.of(List.of("yes", "no", "no"), List.of("no", "yes", "yes")), ClaimReading.of("[true false false, false true true]").rows());
    }

    @Test void wordsAreNoRows() {
        assertEquals(List.of(List.of("no sort"), List.of("Incremental Sort")), ClaimReading.of("[no sort, Incremental Sort]").rows());
        assertEquals(List.of(List.of("1 found"), List.of("0 found")), ClaimReading.of("[1 found, 0 found]").rows());
        assertEquals(List.of(List.of("{a,b}")), ClaimReading.of("{a,b}").rows());
    }

    @Test void aMapIsItsEntries() {
        assertEquals(List.of(List.of("one by one: 101"), List.of("= any(array): 2")), ClaimReading.of("{one by one=101, = any(array)=2}").rows());
    }

    @Test void aCommaInBracketsPartsNothing() {
        assertEquals(List.of(List.of("varchar(1, 2)"), List.of("b")), ClaimReading.of("[varchar(1, 2), b]").rows());
    }
}

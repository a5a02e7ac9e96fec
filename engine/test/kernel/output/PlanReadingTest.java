package kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import kernel.output.Output.Plan;
import kernel.output.Output.Plan.Node;
import org.junit.jupiter.api.Test;

class PlanReadingTest {
    private static final Node BELOW = new Node("Seq Scan", "", 1, 5_000, 1, 90, 0, 8, List.of());
    private static final Node ABOVE = new Node("Sort", "", 1, 5_000, 1, 100, 0, 10, List.of(BELOW));

    @Test void theOwnCostOfANodeIsWithoutItsChildren() {
        var reading = PlanReading.of(new Plan(ABOVE, 0, 0));
        assertEquals(List.of(10.0, 90.0), reading.lines().stream().map(PlanReading.Line::own).toList());
        assertTrue(reading.lines().get(1).mostExpensive());
    }

    @Test void withoutBuffersTheCostIsTime() {
        var reading = PlanReading.of(new Plan(new Node("Seq Scan", "", 1, 1, 1, 0, 0, 3, List.of()), 0, 0));
        assertEquals(PlanReading.Measure.TIME, reading.measure());
        assertFalse(reading.lines().getFirst().mostExpensive(), "a plan of one node needs no mark");
    }

    @Test void aPlanThatWasNotRunSaysSo() {
        var planned = new Node("Seq Scan", "", 1, -1, 1, 0, 0, 0, List.of());
        assertEquals("planned 1 row, not run", PlanReading.rows(planned));
        assertEquals(PlanReading.Measure.NONE, PlanReading.of(new Plan(planned, 0, 0)).measure());
    }

    @Test void whatALimitStoppedWasNotMisjudged() {
        var scan = new Node("Index Scan", "", 16_000, 10, 1, 1, 0, 1, List.of());
        var limit = new Node("Limit", "", 10, 10, 1, 1, 0, 1, List.of(scan));
        assertFalse(PlanReading.of(new Plan(limit, 0, 0)).lines().getLast().misestimated());
        var sorted = new Node("Limit", "", 10, 10, 1, 1, 0, 1, List.of(new Node("Sort", "", 16_000, 10, 1, 1, 0, 1, List.of(scan))));
        assertTrue(PlanReading.of(new Plan(sorted, 0, 0)).lines().getLast().misestimated(), "a sort reads all that is below it");
    }

    @Test void aMisjudgementIsNamedWhereItBegan() {
        var lines = PlanReading.of(new Plan(ABOVE, 0, 0)).lines();
        assertFalse(lines.getFirst().misestimated());
        assertTrue(lines.getLast().misestimated());
        assertEquals("5\u202f000 times more than planned", PlanReading.misestimate(BELOW));
    }
}

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

    @Test void rowsOfSeveralLoopsAreSaidTogether() {
        var lookup = new Node("Index Scan", "", 10, 20, 11_112, 1, 0, 1, List.of());
        assertEquals("≈\u00a0222\u202f240 rows, 20 in each of 11\u202f112 loops, planned 10 in each", PlanReading.rows(lookup));
        assertEquals("planned 10, never executed", PlanReading.rows(new Node("Index Scan", "", 10, 0, 0, 0, 0, 0, List.of())));
    }

    @Test void loopsBelowAGatherAreProcessesButForThoseOfAJoin() {
        var inner = new Node("Index Scan", "on b", 1, 1, 300, 1, 0, 1, List.of());
        var join = new Node("Nested Loop", "", 100, 100, 3, 1, 0, 1, List.of(new Node("Seq Scan", "on a", 100, 100, 3, 1, 0, 1, List.of()), inner));
        var lines = PlanReading.of(new Plan(new Node("Gather", "", 300, 300, 1, 1, 0, 1, List.of(join)), 0, 0)).lines();
        assertEquals("≈\u00a0300 rows, 100 in each of 3 processes, planned 100 in each", lines.get(2).rows());
        assertEquals("≈\u00a0300 rows, 1 in each of 300 loops, planned 1 in each", lines.get(3).rows());
    }

    @Test void whyRowsAreMissingBelowALimitIsSaid() {
        var scan = new Node("Index Scan", "", 16_000, 10, 1, 1, 0, 1, List.of());
        assertEquals("planned 16\u202f000, got 10, then the limit was reached",
            PlanReading.of(new Plan(new Node("Limit", "", 10, 10, 1, 1, 0, 1, List.of(scan)), 0, 0)).lines().getLast().rows());
        assertEquals("planned 16\u202f000, got 10",
            PlanReading.of(new Plan(new Node("Limit", "", 20, 10, 1, 1, 0, 1, List.of(scan)), 0, 0)).lines().getLast().rows(), "it had no more");
    }

    @Test void rowsThatAConditionRemovedAreCountedInAllLoops() {
        var scan = new Node("Seq Scan", "", 1, 1, 3, 1, 0, 1, List.of(), 1000.0, "", "");
        assertEquals("3\u202f000 rows removed by a condition", PlanReading.removed(scan));
        assertEquals("", PlanReading.removed(BELOW));
    }

    @Test void partialAndFinalAggregatesAreToldApartAlsoWhereARecordingDoesNot() {
        var partial = new Node("Aggregate", "", 1, 1, 3, 9, 0, 1, List.of(new Node("Seq Scan", "on t", 1, 1, 3, 9, 0, 1, List.of())));
        var merge = new Node("Gather Merge", "", 3, 3, 1, 9, 0, 1, List.of(new Node("Sort", "", 1, 1, 3, 9, 0, 1, List.of(partial))));
        var old = new Node("Aggregate", "", 1, 1, 1, 9, 0, 1, List.of(merge));
        assertEquals(List.of("Finalize Aggregate", "Gather Merge", "Sort", "Partial Aggregate", "Seq Scan"), names(old));
        assertEquals(List.of("Aggregate", "Seq Scan"), names(new Node("Aggregate", "", 1, 1, 1, 9, 0, 1, List.of(new Node("Seq Scan", "", 1, 1, 1, 9, 0, 1, List.of())))));
        assertEquals(List.of("Partial Aggregate"), names(new Node("Aggregate", "", 1, 1, 1, 9, 0, 1, List.of(), 0.0, "Partial", "")));
    }

    @Test void theBuffersOfACteAreCountedOnceWhereItIsScanned() {
        var scan = new Node("Seq Scan", "on nodes", 1, 1, 4, 3268, 0, 1, List.of());
        var work = new Node("WorkTable Scan", "on below", 1, 1, 4, 0, 0, 1, List.of());
        var join = new Node("Hash Join", "", 1, 1, 4, 3268, 0, 1, List.of(scan, work));
        var union = new Node("Recursive Union", "", 1, 1, 1, 3274, 0, 1, List.of(new Node("Index Scan", "on nodes", 1, 1, 1, 6, 0, 1, List.of()), join));
        var asks = new Node("CTE Scan", "on below", 1, 1, 1, 3280, 0, 1, List.of());
        assertEquals(List.of(2.0, 0.0, 6.0, 0.0, 3268.0, 0.0, 6.0), own(new Node("Aggregate", "", 1, 1, 1, 3282, 0, 1, List.of(union, asks))));
    }

    @Test void theBuffersOfANamedPartAreTakenFromWhoeverAsked() {
        var part = new Node("Seq Scan", "on limits", 1, 1, 1, 10, 0, 1, List.of(), 0.0, "", "InitPlan 1");
        var asks = new Node("Index Scan", "on t, index cond (id = (InitPlan 1).col1)", 1, 1, 1, 14, 0, 1, List.of());
        assertEquals(List.of(1.0, 10.0, 4.0), own(new Node("Aggregate", "", 1, 1, 1, 15, 0, 1, List.of(part, asks))));
        var cte = new Node("Seq Scan", "on t", 1, 1, 1, 10, 0, 1, List.of(), 0.0, "", "CTE all");
        assertEquals(List.of(2.0, 10.0), own(new Node("CTE Scan", "on all", 1, 1, 1, 12, 0, 1, List.of(cte))), "it asks from right above");
        var first = new Node("CTE Scan", "on all", 1, 1, 1, 7, 0, 1, List.of());
        var second = new Node("CTE Scan", "on all", 1, 1, 1, 5, 0, 1, List.of());
        var append = new Node("Append", "", 1, 1, 1, 12, 0, 1, List.of(cte, first, second));
        assertEquals(List.of(0.0, 10.0, 0.0, 2.0), own(append));
    }

    @Test void aPlanThatCostsLittleNeedsNoMark() {
        var scan = new Node("Index Scan", "using posts_author, on posts", 10, 10, 1, 10, 0, 1, List.of());
        var reading = PlanReading.of(new Plan(new Node("Limit", "", 10, 10, 1, 10, 0, 1, List.of(scan)), 0, 0));
        assertTrue(reading.lines().stream().noneMatch(PlanReading.Line::mostExpensive));
        assertEquals("Index Scan using posts_author", reading.subject());
    }

    @Test void whatAPlanIsAboutIsItsMostExpensiveNodeAndWhatItCost() {
        var plan = new Plan(new Node("Sort", "", 1, 1, 1, 18_283, 0, 10, List.of(new Node("Seq Scan", "on posts, filter (a = 1)", 1, 1, 1, 18_207, 0, 1, List.of()))), 1, 133);
        assertEquals("Seq Scan on posts", PlanReading.of(plan).subject());
        assertEquals("18\u202f283 buffers · 133 ms", PlanReading.cost(plan));
        var planned = new Plan(new Node("Delete", "on drafts", 1, -1, 1, 0, 0, 0, List.of(new Node("Seq Scan", "on drafts", 1, -1, 1, 0, 0, 0, List.of()))), 0, 0);
        assertEquals("Delete on drafts", PlanReading.of(planned).subject());
        assertEquals("not run", PlanReading.cost(planned));
    }

    @Test void castsOfLiteralsAndUuidsAreFoldedAndCastsThatMatterAreNot() {
        assertEquals("filter (author_id = '01856aa1…3bc0')", PlanDetail.folded("filter (author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'::uuid)"));
        assertEquals("(created_at >= '2025-06-01 00:00:00+00')", PlanDetail.folded("(created_at >= '2025-06-01 00:00:00+00'::timestamp with time zone)"));
        assertEquals("((data ->> 'user'))::integer = 7", PlanDetail.folded("((data ->> 'user'::text))::integer = 7"));
        assertEquals("(state = ($1)::text)", PlanDetail.folded("(state = ($1)::text)"));
        assertEquals("a = ANY ('{01856aa1…3bc0}')", PlanDetail.folded("a = ANY ('{01856aa1-f0d1-756d-a59b-9a4556283bc0}'::uuid[])"));
        assertEquals("b = 'it''s ::text'", PlanDetail.folded("b = 'it''s ::text'::character varying(20)"));
    }

    private static List<String> names(Node root) {
        return PlanReading.of(new Plan(root, 0, 0)).lines().stream().map(PlanReading.Line::name).toList();
    }

    private static List<Double> own(Node root) {
        return PlanReading.of(new Plan(root, 0, 0)).lines().stream().map(PlanReading.Line::own).toList();
    }

    @Test void aMisjudgementIsNamedWhereItBegan() {
        var lines = PlanReading.of(new Plan(ABOVE, 0, 0)).lines();
        assertFalse(lines.getFirst().misestimated());
        assertTrue(lines.getLast().misestimated());
        assertEquals("5\u202f000 times more than planned", PlanReading.misestimate(BELOW));
    }

    @Test void partitionsThatWereRemovedWhenItBeganAreCounted() {
        var plan = Plans.parse("""
            [{"Plan": {"Node Type": "Append", "Plan Rows": 4, "Subplans Removed": 3}}]""");
        assertEquals("subplans removed 3", plan.root().detail());
    }
}

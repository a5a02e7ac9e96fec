package terminal.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kernel.output.Output;
import kernel.output.Output.Lanes.Lane;
import kernel.output.Output.Lanes.Span;
import kernel.output.Output.Lanes.State;
import kernel.output.Output.Plan.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import terminal.screen.TerminalWriter;

class TextDrawingTest {
    private static final TextStyle COLOURED = new TextStyle(new AnsiPalette(Map.of("quiet", 245, "bad", 167, "good", 71, "accent", 75, "wait", 179)), false, 100);

    @Test void aFailureInARoutineShowsItsLineWhereItIs() {
        var failure = new Output.Failure("PSQLException", "too much", "P0001", "", "", "select charge(11)", 0,
            "PL/pgSQL function charge(integer) line 4 at RAISE\n    raise exception 'too much';\nSQL statement \"select charge(11)\"");
        assertEquals("""
            ✗ SQLSTATE P0001 too much
                select charge(11)
              Where   PL/pgSQL function charge(integer) line 4 at RAISE
                          raise exception 'too much';
                      SQL statement "select charge(11)\"""", String.join("\n", TextDrawing.lines(failure, TextStyle.plain(80))));
    }

    @Test void aPlanIsATreeThatMarksTheNodeToLookAtFirst() {
        var scan = new Node("Seq Scan", "on orders, filter (total > 10)", 1, 98_214, 1, 4_000, 346, 20, List.of());
        var plan = new Output.Plan(new Node("Limit", "", 10, 10, 1, 4_000, 346, 21, List.of(scan)), 0.2, 21);
        assertEquals("""
            Limit                                              planned 10, got 10          0 buffers
            └─ Seq Scan on orders, filter (total > 10)         planned 1, got 98 214,      4 346 buffers ██████████
                 ◀ look here first                             98 214 times more than
                                                               planned
            Planned in 0.2 ms, run in 21 ms; 4 346 buffers, 346 of them not in memory.""", drawn(plan, 103));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 78, 80, 96, 110, 140})
    void whatIsTooLongForALineStaysInItsBranchOfThePlan(int width) {
        var scan = new Node("Seq Scan", "on posts, filter (author_id = '01856aa1-f0d1-756d-a59b-9a4556283bc0'::uuid)", 6_958, 5_368, 3, 76, 18_207, 20, List.of());
        var sort = new Node("Sort", "by created_at DESC", 6_958, 7, 3, 152, 18_207, 20, List.of(scan));
        var plan = new Output.Plan(new Node("Limit", "", 10, 10, 1, 152, 18_207, 21, List.of(sort)), 0.2, 21);
        var lines = drawn(plan, width).lines().toList();
        var first = IntStream.range(0, lines.size()).filter(y -> lines.get(y).contains("Seq Scan")).findFirst().orElseThrow();
        for (var line : lines.subList(first + 1, lines.indexOf(lines.stream().filter(l -> l.startsWith("Planned in")).findFirst().orElseThrow()))) {
            assertTrue(line.startsWith(" ".repeat(8)), () -> String.join("\n", lines));
        }
        assertTrue(lines.stream().allMatch(line -> Width.of(line) <= width), () -> String.join("\n", lines));
    }

    @Test void linesOfALogKeepTheirIndentation() {
        assertEquals("""
            Log of auto_explain
            Limit  (cost=0.00)
              ->  Seq Scan on posts
                  (cost=0.00 rows=14900
                  width=41)
                    Filter: true
                Buffers: 2""", drawn(new Output.Log("auto_explain", List.of("Limit  (cost=0.00)",
                    "  ->  Seq Scan on posts  (cost=0.00 rows=14900 width=41)", "        Filter: true", "\tBuffers: 2")), 36));
    }

    @Test void aPlanInANarrowTerminalKeepsItsFiguresBelowTheNode() {
        var plan = new Output.Plan(new Node("Seq Scan", "on t", 5, 5, 1, 1, 0, 1, List.of()), 1, 1);
        assertEquals(List.of("Seq Scan on t", "  planned 5, got 5; 1 buffer"), drawn(plan, 60).lines().limit(2).toList());
    }

    @Test void aPlanBeginsWithItsTitle() {
        var plan = new Output.Plan(new Node("Seq Scan", "on t", 5, 5, 1, 1, 0, 1, List.of()), 1, 1);
        assertEquals("without the index", drawn(plan.titled("without the index"), 60).lines().findFirst().orElseThrow());
    }

    @Test void plansOfOneResultHaveOneScale() {
        var many = new Output.Plan(new Node("Seq Scan", "on posts", 5, 5, 1, 18_207, 0, 20, List.of()), 1, 1);
        var few = new Output.Plan(new Node("Index Scan", "on posts", 5, 5, 1, 10, 0, 1, List.of()), 1, 1);
        assertTrue(drawn(few, 110).contains("██████████"), drawn(few, 110));
        var below = drawn(few, List.of(new Output.Text("first"), many), 110);
        assertTrue(below.contains("10 buffers ▏") && !below.contains("█"), below);
        assertTrue(drawn(many, List.of(few), 110).contains("██████████"));
    }

    @Test void aPlanWithoutTimesClaimsNone() {
        var plan = new Output.Plan(new Node("Seq Scan", "on t", 5, 5, 1, 1, 0, 0, List.of()), 0, 0);
        assertEquals("Run, without times; 1 buffer, 0 of them not in memory.", drawn(plan, 100).lines().toList().getLast());
    }

    @Test void aComparisonIsASentenceAndBarsWithTheirValues() {
        var comparison = new Output.Comparison("fresh and pooled", "ms",
            List.of(new Output.Comparison.Bar("fresh", 8), new Output.Comparison.Bar("pooled", 0.5)), "pooled is 16 times faster");
        assertEquals("""
            pooled is 16 times faster
            fresh and pooled
            fresh  ████████████████████████████████████████ 8 ms
            pooled ██▌ 0.5 ms""", drawn(comparison, 80));
    }

    @Test void aChartHasOneScaleForAllSeriesAndNamesItsAxesOnce() {
        var chart = new Output.Chart("throughput", "tx/s", List.of("1", "2"),
            List.of(new Output.Chart.Series("a", List.of(10.0, 20.0)), new Output.Chart.Series("b", List.of(0.0, 5.0))));
        assertEquals("""
            throughput, tx/s, by
            sessions
            a
            1 ██████████▌ 10
            2 █████████████████████ 20
            b
            1 0
            2 █████▎ 5""", drawn(chart.over("sessions"), 26));
    }

    @Test void aFailureShowsItsStateAndACaretUnderTheMistake() {
        var failure = new Output.Failure("PSQLException", "column \"nothing\" does not exist", "42703", "", "Try another.",
            "select 1,\n       nothing\nfrom t", 18);
        assertEquals("""
            ✗ SQLSTATE 42703 column "nothing" does not exist
                select 1,
                       nothing
                       ^
                from t
              Hint    Try another.""", drawn(failure, 80));
    }

    @Test void theCaretOfALongLineStaysOnTheScreen() {
        var failure = new Output.Failure("PSQLException", "no", "42703", "", "", "select " + "a, ".repeat(60) + "nothing", 188);
        var lines = TextDrawing.lines(failure, TextStyle.plain(60));
        var caret = lines.getLast().indexOf('^');
        assertTrue(lines.get(1).startsWith("nothing", caret), () -> String.join("\n", lines));
    }

    private static final Output.Lanes LANES = new Output.Lanes(List.of(
        new Lane("Ann", List.of(new Span("begin", State.RAN, 0, 10, ""), new Span("idle in transaction", State.IDLE_IN_TRANSACTION, 10, 90, ""))),
        new Lane("Bob", List.of(new Span("alter table t\n add x int", State.WAITED, 20, 90, ""), new Span("select 1", State.FAILED, 100, 100, "57014")))));

    @Test void lanesAreAPictureAndATranscriptWithAColumnForEachSession() {
        assertEquals("""
            Ann 1█████─────────────────────────────────────────────
            Bob            2░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░     ✗
                0 ms                                               100 ms
            █ ran  ░ waited  ─ idle in transaction  ✗ failed
            No.  at ms    Ann                      Bob
              1      0    begin
              2     20                           ░ alter table t add x
                                                 ░ int waits for Ann
              3     90                           ░ goes on after 70 ms
              4    100                             select 1
                                                   ✗ fails 57014""", drawn(LANES, 61));
    }

    @Test void whereColumnsFindNoRoomTheSessionStandsBeforeWhatItDid() {
        assertEquals(List.of("  1      0  Ann: begin", "  2     20  Bob: alter table t add x int", "            waits for Ann"),
            drawn(LANES, 42).lines().skip(5).limit(3).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 110})
    void noLineOfLanesIsWiderThanTheTerminal(int width) {
        assertTrue(drawn(LANES, width).lines().allMatch(line -> Width.of(line) <= width), () -> drawn(LANES, width));
    }

    @Test void aClaimShowsValueByValueWhatWasFound() {
        assertEquals("✓ rows of each — 10 · 20 · yes", drawn(new Output.Claim("rows of each", "[10, 20, true]"), 80));
        assertEquals("✓ of each —\n  author 2 ·\n  author 0", drawn(new Output.Claim("of each", "[author 2, author 0]"), 14));
        assertEquals("✓ who has what — ann: 1 · bob: 2", drawn(new Output.Claim("who has what", "{ann=1, bob=2}"), 80));
        assertEquals("""
            ✓ seen and changed
              1  10    yes
              2  2000  no""", drawn(new Output.Claim("seen and changed", "[10 true, 2000 false]"), 80));
        assertEquals("✓ a long claim\n  goes on below\n  its words", drawn(new Output.Claim("a long claim goes on below its words", ""), 17));
    }

    @Test void aTreeThatIsTextStaysInItsBranches() {
        assertEquals("""
            Limit
            └─ Nested Loop
               ├─ Seq Scan
               │    on posts
               └─ Index Scan
                    using
                    users_pkey""", String.join("\n", TreeText.lines("Limit\n└─ Nested Loop\n   ├─ Seq Scan on posts\n   └─ Index Scan using users_pkey", 17)));
    }

    @Test void logsClaimsAndSkippedStepsAreLines() {
        assertEquals("Log of pool\nINFO started", drawn(new Output.Log("pool", List.of("INFO started")), 80));
        assertEquals("✓ pooled is faster — 19", drawn(new Output.Claim("pooled is faster", "19"), 80));
        assertEquals("– skipped: needs PostgreSQL 19", drawn(new Output.Skipped("needs PostgreSQL 19"), 80));
    }

    @Test void withoutATerminalNothingIsColoured() {
        var failure = new Output.Failure("X", "no", "", "", "", "", 0);
        assertFalse(String.join("", TextDrawing.lines(failure, TextStyle.plain(80))).contains("\u001b"));
        assertTrue(String.join("", TextDrawing.lines(failure, COLOURED)).contains("\u001b[38;5;167m"));
    }

    @Test void withoutUnicodeEveryCharacterBecomesOneOther() {
        assertEquals("`- Seq Scan < look; ##. + ok", TerminalWriter.ascii("└─ Seq Scan ◀ look; █▌░ ✓ ok"));
    }

    /** Narrow spaces become spaces, as they do on paper. */
    static String drawn(Output output, int width) {
        return drawn(output, List.of(), width);
    }

    private static String drawn(Output output, List<Output> above, int width) {
        return String.join("\n", TextDrawing.lines(output, above, TextStyle.plain(width))).replace('\u202f', ' ').replace('\u00a0', ' ');
    }
}

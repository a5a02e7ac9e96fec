package kernel.sql;

import static kernel.sql.Seen.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kernel.cell.CellResult;
import kernel.output.Output;
import kernel.output.PlanReading;
import lab.Role;
import org.junit.jupiter.api.Test;

/** SQL's results: typed for Java, in portions for the page, and plans as drawings. */
class ResultsTest extends LessonCells {
    @Test void aNamedResultIsGivenToJavaTyped() {
        value("""
            -- result: users
            set datestyle = 'iso';
            select 1 as id, 'Ann' as name, null::int as age, array[1, 2] as ids, 2::bigint as big, date '2026-11-22' as day, true as ok;
            select 'other'; -- result: others
            select 'unnamed'""");
        assertEquals(Arrays.asList(1, "Ann", null, List.of(1, 2), 2L, LocalDate.of(2026, 11, 22), true), defined.get("users").getFirst());
        assertEquals(List.of(List.of("other")), defined.get("others"));
        assertEquals(List.of("int4", "text", "int4", "_int4", "int8", "date", "bool"), columns.get("users").stream().map(Output.Table.Column::type).toList());
        assertEquals(2, defined.size());
    }

    @Test void aNameThatJavaDoesNotTakeIsRefusedBeforeAnythingRuns() {
        assertInstanceOf(CellResult.Failed.class, run("select 1; -- result: class\n"));
        assertEquals(List.of("failure[Mistake]"), seen.shapes());
    }

    @Test void aLargeResultShowsItsBeginningAndMoreOnRequest() {
        run("select n from generate_series(1, 1000) n order by n");
        assertEquals(200, seen.table().rows().size());
        assertTrue(seen.table().truncated());
        var moreRows = kernel.more(seen.resultId, 800);
        assertEquals("801", moreRows.table().rows().getFirst().getFirst().orElseThrow());
        assertEquals(-1, moreRows.next());
        assertEquals("", moreRows.says());
        assertEquals(600, kernel.more(seen.resultId, 400).next());
        assertThrows(IllegalArgumentException.class, () -> kernel.more("r0", 0));
    }

    @Test void aWideResultShowsFewerRowsAtOnce() {
        var columns = String.join(", ", IntStream.range(0, 1_600).mapToObj(i -> "n + " + i + " as c" + i).toList());
        assertInstanceOf(CellResult.Done.class, run("select " + columns + " from generate_series(1, 40) n order by n"));
        var first = seen.table().rows().size();
        assertTrue(first > 0 && first < 40, first + " rows");
        assertTrue(seen.table().truncated());
        assertEquals(String.valueOf(first + 1), kernel.more(seen.resultId, first).table().rows().getFirst().getFirst().orElseThrow());
    }

    @Test void aResultWithoutEndIsReadToABoundAndSaysSo() {
        assertInstanceOf(CellResult.Done.class, run("select generate_series(1, 1000000000)"));
        var moreRows = kernel.more(seen.resultId, 4_900);
        assertEquals(-1, moreRows.next());
        assertTrue(moreRows.says().contains("no more are kept"), moreRows.says());
        assertInstanceOf(CellResult.Done.class, run("select repeat('x', 1000000) from generate_series(1, 2000)"));
        assertTrue(seen.table().rows().getFirst().getFirst().orElseThrow().length() < 30_000);
    }

    @Test void anExplainIsDrawnAndRunsOnce() {
        kernel.run(cell(Role.OWNER, "A", """
            create temp table counted (id int);
            explain (analyze, timing off) insert into counted values (1);
            explain select * from counted where id = 1;
            explain analyze select * from counted;
            explain (costs off) select * from counted;
            explain (format text) select 1;
            select count(*) from counted;
            """), seen);
        assertEquals(List.of("plan[Insert]", "plan[Seq Scan]", "plan[Seq Scan]", "table[QUERY PLAN]", "table[QUERY PLAN]", "table[count]"), seen.shapes());
        assertEquals("1", seen.value());
    }

    @Test void aNodeThatNeverRanSaysSoAndIsNoMisjudgement() {
        run("explain (analyze, timing off, summary off) select * from generate_series(1, 1000) limit 0");
        var below = PlanReading.of((Output.Plan) seen.outputs.getLast()).lines().getLast();
        assertEquals("planned 1\u202f000, never executed", PlanReading.rows(below.node()));
        assertEquals(0, below.node().loops());
        assertFalse(below.misestimated());
    }

    @Test void aPlanNamesWhatItReadsAlsoWhereThatIsNoTable() {
        run("explain with recursive up (n) as (select 1 union all select n + 1 from up where n < 3) select * from up, generate_series(1, 2)");
        var lines = PlanReading.of((Output.Plan) seen.outputs.getLast()).lines();
        var details = lines.stream().map(line -> line.node().detail()).toList();
        assertTrue(details.contains("on generate_series"), details.toString());
        assertEquals(2, details.stream().filter(detail -> detail.startsWith("on up")).count(), details.toString());
    }

    @Test void thePlaceOfAFailureInAnExplainIsThatInTheSource() {
        run("explain analyze select nothing");
        assertEquals("nothing", seen.failure().statement().substring(seen.failure().position() - 1));
        run("-- why\nexplain (analyze) select 1, never");
        var second = (Output.Failure) seen.outputs.getLast();
        assertEquals("never", second.statement().substring(second.position() - 1));
    }
}

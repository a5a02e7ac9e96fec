package kernel.sql;

import static kernel.sql.Seen.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kernel.Output;
import kernel.cell.Ending;
import lab.Lab;
import lab.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Java's values in SQL, and SQL's results in Java and in portions. */
class ValuesTest {
    private static Lab lab;
    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, List<List<Object>>> defined = new HashMap<>();
    private final Map<String, List<Output.Table.Column>> columns = new HashMap<>();
    private final SqlKernel kernel = new SqlKernel(lab.lessonDatabase(),
        Variables.of(() -> List.copyOf(variables.keySet()), name -> Optional.ofNullable(variables.get(name))),
        (name, types, rows) -> {
            defined.put(name, rows);
            columns.put(name, types);
        });
    private final Seen seen = new Seen();

    @BeforeAll static void open() {
        lab = Lab.open("embedded", Progress.SILENT);
    }

    @AfterAll static void shut() {
        lab.close();
    }

    @AfterEach void end() {
        kernel.close();
    }

    private Ending run(String source) {
        return kernel.run(cell(source), seen);
    }

    private String value(String source) {
        assertInstanceOf(Ending.Done.class, run(source), () -> seen.outputs.toString());
        return seen.value();
    }

    @Test void aVariableIsAParameterOfItsOwnTypeAndNoText() {
        variables.put("name", "O'Hara'; drop table users; --");
        assertEquals("O'Hara'; drop table users; --", value("select {{name}}"));
        assertTrue(value("select format('%s', pg_typeof({{ name }}))").equals("character varying"));
    }

    @Test void theUsualTypesOfJavaArriveAsThoseOfPostgres() {
        variables.putAll(Map.of("i", 7, "l", 8L, "d", new BigDecimal("1.50"), "b", true, "day", LocalDate.of(2026, 11, 22),
            "at", Instant.parse("2026-11-22T10:00:00Z"), "u", UUID.fromString("00000000-0000-0000-0000-000000000001"), "pause", Duration.ofMinutes(90)));
        assertEquals("integer bigint numeric boolean date uuid", value("select concat_ws(' ', pg_typeof({{i}}), pg_typeof({{l}}), pg_typeof({{d}}), pg_typeof({{b}}),"
            + " pg_typeof({{day}}::date), pg_typeof({{u}}))"));
        assertEquals("t", value("select {{at}} = timestamptz '2026-11-22 10:00+00' and {{pause}} = interval '90 minutes'"));
    }

    @Test void listsAndArraysArriveAsArraysAndNullAsNull() {
        variables.put("ids", List.of(1, 2));
        variables.put("none", List.of());
        variables.put("longs", new long[] {5, 6});
        variables.put("words", Arrays.asList("a", null));
        variables.put("nothing", null);
        assertEquals("t", value("select 2 = any({{ids}}) and 6 = any({{longs}}) and not 3 = any({{none}}) and {{nothing}}::int is null"
            + " and array_position({{words}}, null) = 2"));
    }

    @Test void quotesCommentsAndBodiesAreLeftAloneAndOperatorsStayOperators() {
        variables.put("key", "a");
        assertEquals("{{key}} $x$", value("select '{{key}} $x$' -- {{nobody}} ?\n"));
        assertEquals("t", value("select '{\"a\": 1}'::jsonb ? {{key}} and '?' = '?' and $q${{key}}?$q$ like '{{%' and '{\"a\": 1}'::jsonb ?| array['a']"));
        assertEquals("t", value("select '{\"a\": 1}'::jsonb ? 'a'"), "without a parameter as well");
    }

    @Test void anUnknownVariableIsSaidWithTheNearestNames() {
        variables.put("userId", 1);
        assertEquals(new Ending.Failed(2), run("select 1;\nselect {{userid}}"));
        assertEquals("there is no Java variable userid; did you mean userId?", seen.failure().message());
        assertEquals("{{userid}}", seen.failure().statement().substring(seen.failure().position() - 1));
    }

    @Test void aVariableThatPostgresHasNoTypeForIsSaid() {
        variables.put("map", Map.of());
        assertInstanceOf(Ending.Failed.class, run("select {{map}}"));
        assertTrue(seen.failure().message().startsWith("map is a "), seen.failure().message());
    }

    @Test void thePlaceOfAFailureBehindAParameterIsThatInTheSource() {
        variables.put("aLongName", 1);
        run("select {{aLongName}}, '{}'::jsonb ? 'a', {{aLongName}}, nothing");
        assertEquals("nothing", seen.failure().statement().substring(seen.failure().position() - 1));
    }

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
        assertInstanceOf(Ending.Failed.class, run("select 1; -- result: class\n"));
        assertEquals(List.of("failure[Mistake]"), seen.shapes());
    }

    @Test void aLargeResultShowsItsBeginningAndMoreOnRequest() {
        run("select n from generate_series(1, 1000) n order by n");
        assertEquals(200, seen.table().rows().size());
        assertTrue(seen.table().truncated());
        var more = kernel.more(seen.resultId, 800);
        assertEquals("801", more.table().rows().getFirst().getFirst().orElseThrow());
        assertEquals(-1, more.next());
        assertEquals("", more.says());
        assertEquals(600, kernel.more(seen.resultId, 400).next());
        assertThrows(IllegalArgumentException.class, () -> kernel.more("r0", 0));
    }

    @Test void aWideResultShowsFewerRowsAtOnce() {
        var columns = String.join(", ", java.util.stream.IntStream.range(0, 1_600).mapToObj(i -> "n + " + i + " as c" + i).toList());
        assertInstanceOf(Ending.Done.class, run("select " + columns + " from generate_series(1, 40) n order by n"));
        var first = seen.table().rows().size();
        assertTrue(first > 0 && first < 40, first + " rows");
        assertTrue(seen.table().truncated());
        assertEquals(String.valueOf(first + 1), kernel.more(seen.resultId, first).table().rows().getFirst().getFirst().orElseThrow());
    }

    @Test void aResultWithoutEndIsReadToABoundAndSaysSo() {
        assertInstanceOf(Ending.Done.class, run("select generate_series(1, 1000000000)"));
        var more = kernel.more(seen.resultId, 4_900);
        assertEquals(-1, more.next());
        assertTrue(more.says().contains("no more are kept"), more.says());
        assertInstanceOf(Ending.Done.class, run("select repeat('x', 1000000) from generate_series(1, 2000)"));
        assertTrue(seen.table().rows().getFirst().getFirst().orElseThrow().length() < 30_000);
    }

    @Test void anExplainIsDrawnAndRunsOnce() {
        kernel.run(cell("owner", "A", """
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

    @Test void thePlaceOfAFailureInAnExplainIsThatInTheSource() {
        run("explain analyze select nothing");
        assertEquals("nothing", seen.failure().statement().substring(seen.failure().position() - 1));
        run("-- why\nexplain (analyze) select 1, never");
        var second = (Output.Failure) seen.outputs.getLast();
        assertEquals("never", second.statement().substring(second.position() - 1));
    }
}

package kernel.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kernel.cell.CellResult;
import org.junit.jupiter.api.Test;

/** Java's values in SQL. */
class ValuesTest extends LessonCells {
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
        assertEquals(new CellResult.Failed(2), run("select 1;\nselect {{userid}}"));
        assertEquals("there is no Java variable userid; did you mean userId?", seen.failure().message());
        assertEquals("{{userid}}", seen.failure().statement().substring(seen.failure().position() - 1));
    }

    @Test void aVariableThatPostgresHasNoTypeForIsSaid() {
        variables.put("map", Map.of());
        assertInstanceOf(CellResult.Failed.class, run("select {{map}}"));
        assertTrue(seen.failure().message().startsWith("map is a "), seen.failure().message());
    }

    @Test void thePlaceOfAFailureBehindAParameterIsThatInTheSource() {
        variables.put("aLongName", 1);
        run("select {{aLongName}}, '{}'::jsonb ? 'a', {{aLongName}}, nothing");
        assertEquals("nothing", seen.failure().statement().substring(seen.failure().position() - 1));
    }
}

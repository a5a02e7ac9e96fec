package kernel.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kernel.cell.CellResult;
import lab.Role;
import org.junit.jupiter.api.Test;

/** From SQL to Java and back: each type of the catalog, alone and in arrays, and nothing is changed on the way. */
class RoundTripTest extends LessonCells {
    private static final List<String> ZONES = List.of("Europe/Berlin", "Asia/Kathmandu", "America/St_Johns");

    /** Values of each type, the odd ones among them, separated by a stroke. */
    private static final Map<String, String> VALUES = values();

    private static Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        values.put("timestamptz", "2026-10-25 00:30:00+00|2026-10-25 01:30:00+00|infinity|-infinity|0044-03-15 12:00:00+00 BC|1582-10-10 00:00:00+00|1200-01-01 00:00:00+00"
            + "|12026-01-01 00:00:00+00|294276-12-31 23:59:59.999999+00|1890-01-01 00:00:00.000001+00|2026-11-29 12:00:00.12+00");
        values.put("timestamp", "2026-10-25 02:30:00|infinity|-infinity|0044-03-15 12:00:00 BC|1582-10-10 00:00:00|12026-01-01 00:00:00|2026-03-29 02:30:00.5");
        values.put("date", "2026-11-29|infinity|-infinity|0044-03-15 BC|0001-01-01|0001-12-31 BC|1582-10-10|1582-10-15|12026-02-28|5874897-12-31|4713-01-01 BC");
        values.put("time", "00:00:00|24:00:00|23:59:59.999999|12:00:00.5");
        values.put("timetz", "00:00:00+00|24:00:00+01|23:59:59.999999-03:30|12:00:00.5+05:45");
        values.put("interval", "90 minutes|-1 day|1 year 2 mons 3 days 04:05:06.000007|0");
        values.put("numeric", "0|1.50|-1e-20|NaN|Infinity|-Infinity|123456789012345678901234567890.123456789");
        values.put("float8", "0|-0|1e-300|NaN|Infinity|-Infinity|0.1|1e22");
        values.put("float4", "0|1e-30|NaN|Infinity|-Infinity|0.1");
        values.put("int2", "0|-32768|32767");
        values.put("int4", "0|-2147483648|2147483647");
        values.put("int8", "0|-9223372036854775808|9223372036854775807");
        values.put("bool", "t|f");
        values.put("uuid", "00000000-0000-0000-0000-000000000001|ffffffff-ffff-ffff-ffff-ffffffffffff");
        values.put("bytea", "\\x|\\x00ff5c22");
        var texts = "null|NULL| |a,b|{x}|\"|\\|\\\\\"|tab\there|größe 日本 👩‍🚀|e\u0301|a;b";
        values.put("text", texts);
        values.put("varchar", texts);
        values.put("bpchar", "null|a,b|größe");
        values.put("name", "null|a,b|größe");
        values.put("char", "a");
        values.put("json", "{\"a\": [1, null]}|\"x\"|null");
        values.put("jsonb", "{\"a\": [1, null]}|\"x\"|null");
        values.put("jsonpath", "$.\"a\"[*]");
        values.put("xml", "<a b=\"c\">d</a>");
        values.put("money", "$1,234.50|-$0.01");
        values.put("inet", "10.0.0.1/8|::1");
        values.put("cidr", "10.0.0.0/8");
        values.put("macaddr", "08:00:2b:01:02:03");
        values.put("macaddr8", "08:00:2b:01:02:03:04:05");
        values.put("bit", "1");
        values.put("varbit", "101|");
        values.put("point", "(1,2)");
        values.put("line", "{1,2,3}");
        values.put("lseg", "[(1,2),(3,4)]");
        values.put("box", "(3,4),(1,2)");
        values.put("path", "((1,2),(3,4))");
        values.put("polygon", "((1,2),(3,4))");
        values.put("circle", "<(1,2),3>");
        values.put("tsvector", "'a':1 'it''s':2");
        values.put("tsquery", "'a' & !'b'");
        values.put("int4range", "empty|[1,5)|(,5)");
        values.put("int8range", "[1,5)");
        values.put("numrange", "[1.5,2.5]");
        values.put("daterange", "[2026-01-01,infinity)");
        values.put("tsrange", "[\"2026-01-01 00:00:00\",\"2026-01-02 00:00:00\")");
        values.put("tstzrange", "[\"2026-10-25 00:30:00+00\",)");
        for (var kind : List.of("int4", "int8", "num")) {
            values.put(kind + "multirange", "{[1,5),[7,9)}|{}");
        }
        values.put("datemultirange", "{[2026-01-01,2026-01-05)}");
        values.put("tsmultirange", "{[\"2026-01-01 00:00:00\",\"2026-01-02 00:00:00\")}");
        values.put("tstzmultirange", "{[\"2026-10-25 00:30:00+00\",)}");
        values.put("oid", "4294967295");
        values.put("xid", "7");
        values.put("xid8", "7");
        values.put("cid", "7");
        values.put("tid", "(1,2)");
        values.put("pg_lsn", "16/B374D848");
        values.put("pg_snapshot", "10:20:10,14");
        values.put("txid_snapshot", "10:20:10,14");
        values.put("refcursor", "c");
        values.put("int2vector", "1 2");
        values.put("oidvector", "1 2");
        for (var reg : Map.of("regclass", "pg_class", "regtype", "integer", "regproc", "now", "regprocedure", "now()", "regoper", "!!", "regoperator", "+(integer,integer)",
                "regrole", "pg_monitor", "regnamespace", "pg_catalog", "regconfig", "simple", "regdictionary", "simple").entrySet()) {
            values.put(reg.getKey(), reg.getValue());
        }
        values.put("regcollation", "\"C\"");
        return values;
    }

    /** Of which no text can be written, or which are not for users. */
    private static final Set<String> WITHOUT_A_TEXT = Set.of("pg_node_tree", "pg_ndistinct", "pg_dependencies", "pg_mcv_list", "pg_brin_bloom_summary",
        "pg_brin_minmax_multi_summary", "gtsvector", "aclitem");

    @Test void everyTypeOfTheCatalogIsTried() throws SQLException {
        try (var connection = lab.lessonDatabase().admin().connect(); var statement = connection.createStatement(); var types = statement.executeQuery(
                "select typname from pg_type where typnamespace = 'pg_catalog'::regnamespace and typtype in ('b', 'r', 'm') and typcategory <> 'A' order by 1")) {
            var missing = new ArrayList<String>();
            while (types.next()) {
                if (!VALUES.containsKey(types.getString(1)) && !WITHOUT_A_TEXT.contains(types.getString(1))) {
                    missing.add(types.getString(1));
                }
            }
            assertEquals(List.of(), missing);
        }
    }

    @Test void aValueOfEachTypeComesBackAsItWas() {
        comesBack("%s", List.of());
    }

    @Test void aListOfEachTypeComesBackAsItWas() {
        comesBack("array[%s, null, %1$s]", List.of());
        comesBack("array[array[%s, null], array[null, %1$s]]", List.of("int2vector", "oidvector"));
    }

    /** @param form of an expression, of which the value is a part */
    private void comesBack(String form, List<String> without) {
        var changed = new ArrayList<String>();
        for (var zone : ZONES) {
            runAs(Role.ADMIN, "A", "set timezone = '" + zone + "'; set lc_monetary = 'C'");
            VALUES.forEach((type, values) -> {
                if (!without.contains(type)) {
                    Arrays.stream(values.split("\\|", -1)).forEach(value -> changed.addAll(changed(form, type, value, zone)));
                }
            });
        }
        assertEquals(List.of(), changed);
    }

    private List<String> changed(String form, String type, String value, String zone) {
        var quoted = type.equals("char") ? "\"char\"" : type;
        var expression = form.formatted("'" + value.replace("'", "''") + "'::" + quoted);
        var array = form.equals("%s") ? "" : "[]";
        if (!(runAs(Role.ADMIN, "A", "select " + expression + " as v -- result: read\n") instanceof CellResult.Done)) {
            return List.of(zone + " " + expression + " does not come to Java: " + seen.failure().message());
        }
        var java = defined.get("read").getFirst().getFirst();
        variables.put("v", java);
        var asked = "select ({{v}}::" + quoted + array + ")::text = (" + expression + ")::text as same";
        if (!(runAs(Role.ADMIN, "A", asked) instanceof CellResult.Done)) {
            return List.of(zone + " " + expression + " does not come back: " + java + ": " + seen.failure().message());
        }
        return "t".equals(seen.value()) ? List.of() : List.of(zone + " " + expression + " comes back changed: " + java);
    }

    @Test void whatJavaHasIsThatMoment() {
        runAs(Role.ADMIN, "A", """
            set timezone = 'Europe/Berlin';
            select array['2026-10-25 00:30+00', '2026-10-25 01:30+00']::timestamptz[] as twice, date '0044-03-15 BC' as ides, 'infinity'::timestamp as ever,
              time '24:00' as midnight, array['NaN', 1.5]::numeric[] as some, array[[1, 2], [3, 4]] as square, '[0:1]={7,8}'::int[] as zero, array[]::text[] as none,
              timestamptz '1200-01-01 00:00+00' as before -- result: read""");
        var read = defined.get("read").getFirst();
        assertEquals(List.of(OffsetDateTime.parse("2026-10-25T02:30+02:00"), OffsetDateTime.parse("2026-10-25T02:30+01:00")), read.get(0));
        assertEquals(LocalDate.of(-43, 3, 15), read.get(1));
        assertEquals(LocalDateTime.MAX, read.get(2));
        assertEquals(LocalTime.MAX, read.get(3));
        assertEquals(List.of(Double.NaN, new BigDecimal("1.5")), read.get(4));
        assertEquals(List.of(List.of(1, 2), List.of(3, 4)), read.get(5));
        assertEquals(List.of(7, 8), read.get(6));
        assertEquals(List.of(), read.get(7));
        assertEquals(Instant.parse("1200-01-01T00:00:00Z"), ((OffsetDateTime) read.get(8)).toInstant());
    }

    @Test void theArraysOfJavaArriveAsTheyAre() {
        variables.put("square", new int[][] {{1, 2}, {3, 4}});
        variables.put("nested", List.of(List.of("a", "b,c"), List.of("\"", "")));
        variables.put("none", new int[0]);
        variables.put("mixed", List.of(1, 2L, new BigDecimal("0.5")));
        variables.put("ever", Instant.MAX);
        variables.put("never", List.of(Instant.MIN));
        assertEquals("t", value("select {{square}} = array[[1, 2], [3, 4]] and {{nested}} = array[['a', 'b,c'], ['\"', '']] and {{none}} = array[]::int[]"
            + " and {{mixed}} = array[1, 2, 0.5] and {{ever}} = 'infinity'::timestamptz and {{never}} = array['-infinity'::timestamptz]"));
    }

    @Test void aValueThatCannotGoIsAFailureOfThatCellAndTheSessionStays() {
        variables.put("late", Instant.MAX.minusSeconds(1));
        variables.put("long", Duration.ofSeconds(Long.MAX_VALUE));
        variables.put("ragged", List.of(List.of(1), List.of(1, 2)));
        variables.put("mixed", List.of(1, "a"));
        runAs(Role.APP, "A", "set application_name = 'mine'");
        for (var name : List.of("late", "long", "ragged", "mixed")) {
            assertInstanceOf(CellResult.Failed.class, runAs(Role.APP, "A", "select {{" + name + "}}"), name);
            assertTrue(!seen.failure().message().isBlank(), name);
        }
        assertInstanceOf(CellResult.Failed.class, runAs(Role.APP, "A", "set bytea_output = 'escape'; select array['\\xff'::bytea] as days -- result: read\n"));
        assertTrue(seen.outputs.getLast().toString().contains("days"), seen.outputs.toString());
        runAs(Role.APP, "A", "select current_setting('application_name')");
        assertEquals("mine", seen.value());
    }

    @Test void aCommitThatIsARollbackSaysSo() {
        for (var commit : List.of("commit", "end", "commit and no chain", "prepare transaction 'x'")) {
            runAs(Role.OWNER, "A", "begin; create table half (id int)");
            runAs(Role.OWNER, "A", "select 1/0");
            seen.printed.setLength(0);
            assertInstanceOf(CellResult.Done.class, runAs(Role.OWNER, "A", commit));
            assertTrue(seen.printed.toString().startsWith("ROLLBACK: "), commit + ": " + seen.printed);
        }
        seen.printed.setLength(0);
        runAs(Role.OWNER, "A", "begin; select 1; commit");
        assertEquals("BEGIN\nCOMMIT\n", seen.printed.toString());
    }
}

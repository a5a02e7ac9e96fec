package book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import kernel.output.Output;
import lab.Lab;
import lab.Progress;
import lab.Sql;
import lab.provider.Providers;
import lesson.Home;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What docs/reference.adoc says, against the server and the recordings. */
@DisplayName("The page for looking up")
class ReferenceTest {
    private static final Pattern SQLSTATE = Pattern.compile("\"sqlState\" : \"([0-9A-Z]{5})\"|SQLSTATE[ (]([0-9A-Z]{5})");
    private static Lab lab;

    @BeforeAll static void open() throws Exception {
        lab = Providers.open("embedded", Progress.SILENT);
        Sql.execute(lab.lessonDatabase().owner(), "create table parents (id bigint primary key); create table things (id bigint primary key, "
            + "parent bigint constraint positive check (parent > 0)); insert into things values (1)");
    }

    @AfterAll static void close() {
        lab.close();
    }

    @Test
    @DisplayName("has each node of the plans that lessons show")
    void nodes() throws IOException {
        var shown = new TreeSet<String>();
        for (var lesson : Home.here().lessons()) {
            Recording.read(lesson.recording()).orElseThrow().steps().stream().flatMap(step -> step.outputs().stream())
                .forEach(output -> { if (output instanceof Output.Plan plan) { collect(plan.root(), shown); } });
        }
        shown.removeAll(rows("plans").keySet());
        assertEquals(List.of(), List.copyOf(shown));
    }

    private static void collect(Output.Plan.Node node, TreeSet<String> types) {
        types.add(node.type());
        node.children().forEach(child -> collect(child, types));
    }

    @Test
    @DisplayName("has each SQLSTATE that lessons show, and says of each a lesson that has it")
    void sqlStates() throws IOException {
        var states = rows("sqlstates");
        for (var lesson : Home.here().lessons()) {
            var text = Files.readString(lesson.recording());
            SQLSTATE.matcher(text).results().map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .forEach(state -> assertTrue(states.containsKey(state), state + " of lesson " + lesson.number() + " is missing"));
        }
        for (var state : states.entrySet()) {
            var number = state.getValue().getLast().replaceAll("\\D", "");
            var lesson = Home.here().lesson(number);
            assertTrue((Files.readString(lesson.recording()) + Files.readString(lesson.prose()) + Files.readString(lesson.program())).contains(state.getKey()),
                state.getKey() + " is not in lesson " + number);
        }
    }

    @Test
    @DisplayName("names each SQLSTATE as PostgreSQL does")
    void conditions() throws Exception {
        for (var state : rows("sqlstates").entrySet()) {
            var condition = state.getValue().getFirst();
            if (!condition.equals("-")) {
                assertEquals(state.getKey(), sqlState("do $$ begin raise " + condition + "; end $$"), condition);
            }
        }
    }

    @Test
    @DisplayName("says which locks of a table conflict, as they do")
    void tableLocks() throws Exception {
        for (var mode : rows("table-locks").entrySet()) {
            assertEquals(mode.getValue().getLast(), conflicts("lock table things in " + mode.getKey() + " mode",
                rows("table-locks").keySet().stream().collect(named(other -> "lock table things in " + other + " mode nowait"))), mode.getKey());
        }
    }

    @Test
    @DisplayName("says which locks of a row conflict, as they do")
    void rowLocks() throws Exception {
        for (var mode : rows("row-locks").entrySet()) {
            assertEquals(mode.getValue().getLast(), conflicts("select from things where id = 1 " + mode.getKey(),
                rows("row-locks").keySet().stream().collect(named(other -> "select from things where id = 1 " + other + " nowait"))), mode.getKey());
        }
    }

    @Test
    @DisplayName("says which statement takes which lock of a table")
    void whoTakesIt() throws Exception {
        var taken = Map.of("select", "select * from things", "select … for update", "select * from things for update",
            "insert", "insert into things values (2)", "analyze", "analyze things", "alter table … validate constraint",
            "alter table things validate constraint positive", "create index", "create index on things (parent)",
            "alter table … add foreign key", "alter table things add foreign key (parent) references parents", "truncate", "truncate things",
            "alter table … add column", "alter table things add column name text");
        for (var statement : taken.entrySet()) {
            var mode = rows("table-locks").entrySet().stream().filter(row -> row.getValue().getFirst().contains("`" + statement.getKey() + "`"))
                .map(Map.Entry::getKey).findFirst().orElseThrow(() -> new AssertionError("no mode for " + statement.getKey()));
            assertEquals(mode, strongest(statement.getValue()), statement.getKey());
        }
    }

    /** The strongest lock that a statement takes on the table, in the words of {@code lock table}. */
    private static String strongest(String sql) throws SQLException {
        var order = List.copyOf(rows("table-locks").keySet());
        return rolledBack(statement -> {
            statement.execute(sql);
            try (var locks = statement.executeQuery("select mode from pg_locks where relation = 'things'::regclass and pid = pg_backend_pid()")) {
                int strongest = -1;
                while (locks.next()) {
                    strongest = Math.max(strongest, order.indexOf(locks.getString(1).replace("Lock", "").replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT)));
                }
                return order.get(strongest);
            }
        });
    }

    /** The names of those statements that would have to wait while another transaction has done this. */
    private static String conflicts(String held, Map<String, String> others) throws SQLException {
        return rolledBack(holder -> {
            holder.execute(held);
            var conflicts = new ArrayList<String>();
            for (var other : others.entrySet()) {
                if (sqlState(other.getValue()).equals("55P03")) {
                    conflicts.add(other.getKey());
                }
            }
            return String.join(", ", conflicts);
        });
    }

    /** Of the failure; empty where there is none. */
    private static String sqlState(String sql) throws SQLException {
        return rolledBack(statement -> {
            try {
                statement.execute(sql);
                return "";
            } catch (SQLException e) {
                return e.getSQLState();
            }
        });
    }

    private interface Work {
        String on(Statement statement) throws SQLException;
    }

    /** In a transaction that leaves nothing. It is rolled back and not only closed, because the server ends a session after the close. */
    private static String rolledBack(Work work) throws SQLException {
        try (var connection = lab.lessonDatabase().owner().connect(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                return work.on(statement);
            } finally {
                connection.rollback();
            }
        }
    }

    private static Collector<String, ?, Map<String, String>> named(UnaryOperator<String> statement) {
        return Collectors.toMap(name -> name, statement, (a, _) -> a, LinkedHashMap::new);
    }

    /** The rows of a section's tables without the heading, by their first cell. */
    private static Map<String, List<String>> rows(String section) {
        try {
            var text = Files.readString(Home.here().root().resolve("docs/reference.adoc"));
            var from = text.indexOf("[#" + section + "]");
            var to = text.indexOf("\n[#", from + 1);
            return text.substring(from, to < 0 ? text.length() : to).lines().filter(line -> line.startsWith("| ")).skip(1)
                .map(line -> Arrays.stream(line.substring(2).split(" \\| ")).map(String::strip).toList())
                .collect(Collectors.toMap(List::getFirst, cells -> cells.subList(1, cells.size()), (a, _) -> a, LinkedHashMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

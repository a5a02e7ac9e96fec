import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;
import org.postgresql.ds.PGSimpleDataSource;

/** Judges 08.4 by the rows, by a second import at the same time, and by counting executions. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BulkImportTest {
    private static final Duration STUCK = Duration.ofSeconds(15);

    @Test @Fresh @Order(1) @DisplayName("new people are inserted and counted")
    void inserts(Clone clone) throws Exception {
        Expect.equal("Importing 3 new people", new Import.Result(3, 0), run(clone, List.of(person("a@x.io", "Ann"),
            person("b@x.io", "Bob \\ 'B'"), person("c,d@x.io", "Cat \"C\",\tthe third"))), "Everybody is new.");
        Expect.table("People who were imported", Rows.columns("email", "name").row("a@x.io", "Ann").row("b@x.io", "Bob \\ 'B'")
            .row("c,d@x.io", "Cat \"C\",\tthe third"), rows(clone, "select email, name from people where email like '%x.io'"), "Letter by letter.");
        Expect.equal("Importing nobody", new Import.Result(0, 0), run(clone, List.of()), "An empty file is a file.");
    }

    @Test @Fresh @Order(2) @Needs("inserts") @Hint(1) @DisplayName("people who are there already are skipped and counted, and stay as they are")
    void skips(Clone clone) throws Exception {
        Expect.equal("Importing 5 people, 2 of whom are in the table and 1 twice in the file", new Import.Result(2, 3), run(clone, List.of(
            person("person1@example.com", "New 1"), person("new@x.io", "First"), person("PERSON2@example.com", "New 2"),
            person("New@x.io", "Second"), person("other@x.io", "Other"))), "Case makes no difference, and the file may name one person twice.");
        Expect.table("Their names", Rows.columns("name").row("Old 1").row("Old 2").row("First").row("Other"),
            rows(clone, "select name from people where lower(email) in ('person1@example.com', 'person2@example.com', 'new@x.io', 'other@x.io')"),
            "Who was there stays as he is.");
    }

    @Test @Fresh @Order(3) @Needs("inserts") @DisplayName("if one is refused nobody is imported, and the caller sees why")
    void allOrNothing(Clone clone) throws Exception {
        for (int bad : new int[] {0, 4999, 8999}) {
            var people = new ArrayList<>(many(9000));
            people.set(bad, person("blank@x.io", "  "));
            Expect.sqlState("Importing 9000 people, of whom number " + (bad + 1) + " has a blank name", "23514", () -> run(clone, people),
                "The check of the table must reach the caller.");
            Expect.table("People in the table afterwards", Rows.columns("count").row(300), rows(clone, "select count(*) from people"),
                "All, or nothing.");
        }
    }

    @Test @Fresh @Order(4) @Needs({"skips"}) @Hint(1) @DisplayName("ten thousand people take at most ten executions")
    void sendsFewStatements(Clone clone) throws Exception {
        var executions = new AtomicInteger();
        var open = new AtomicInteger();
        Expect.equal("Importing 10 000 people, of whom 300 are in the table", new Import.Result(9_700, 300),
            Expect.within("The import", STUCK, () -> Import.run(counting(clone, executions, open), many(10_000))), "Count them all.");
        Expect.that("Executions", executions.get() <= 10, "at most 10", executions.get(), "Each of them waits for an answer.");
        Expect.equal("Connections still open", 0, open.get(), "Who closes what was borrowed?");
        Expect.table("People in the table afterwards", Rows.columns("count").row(10_000), rows(clone, "select count(*) from people"), "Is it committed?");
    }

    @Test @Fresh @Order(5) @Needs("skips") @Hint(1) @DisplayName("another import that inserts the same person at the same time does no harm")
    void bearsAnotherImport(Clone clone) throws Exception {
        try (var other = clone.app().connect(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("insert into people (email, name) values ('both@x.io', 'The other')");
            var people = List.of(person("mine@x.io", "Mine"), person("Both@x.io", "Mine, too"));
            var task = new FutureTask<>(() -> run(clone, people));
            Thread.ofVirtual().start(task);
            Expect.that("The import, while the other one is not committed", waits(clone, task), "waits for it", "does not",
                "Whether the e-mail is taken is not decided yet.");
            other.commit();
            var result = new ArrayList<Import.Result>();
            Expect.works("The import, after the other one was committed", () -> result.add(Expect.within("The import", STUCK, task::get)),
                "Between a look and an insert there is a moment.");
            Expect.equal("Its result", List.of(new Import.Result(1, 1)), result, "One is new, the other one is taken by now.");
        }
        Expect.table("Who has the e-mail", Rows.columns("name").row("The other"),
            rows(clone, "select name from people where lower(email) = 'both@x.io'"), "The first one has it.");
    }

    private static Import.Person person(String email, String name) {
        return new Import.Person(email, name);
    }

    private static List<Import.Person> many(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> person("person" + n + "@example.com", "Person " + n)).toList();
    }

    private static Import.Result run(Clone clone, List<Import.Person> people) throws Exception {
        return Expect.within("The import", STUCK, () -> Import.run(counting(clone, new AtomicInteger(), new AtomicInteger()), people));
    }

    private static boolean waits(Clone clone, FutureTask<?> task) throws Exception {
        var end = System.nanoTime() + STUCK.toNanos();
        try (var observer = clone.observer().connect()) {
            while (System.nanoTime() < end && !task.isDone()) {
                if (!Rows.query(observer, "select pid from pg_stat_activity where datname = current_database() "
                        + "and cardinality(pg_blocking_pids(pid)) > 0").values().isEmpty()) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        return false;
    }

    private static Rows rows(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect()) {
            return Rows.query(connection, sql);
        }
    }

    private static DataSource counting(Clone clone, AtomicInteger executions, AtomicInteger open) {
        var source = new PGSimpleDataSource();
        source.setUrl(clone.app().url());
        source.setUser(clone.app().user());
        source.setPassword(clone.app().password());
        return watched(DataSource.class, source, executions, open);
    }

    private static <T> T watched(Class<T> type, Object real, AtomicInteger executions, AtomicInteger open) {
        return type.cast(Proxy.newProxyInstance(BulkImportTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (real instanceof Statement && method.getName().startsWith("execute")) {
                executions.incrementAndGet();
            } else if (real instanceof Connection && method.getName().equals("close")) {
                open.decrementAndGet();
            }
            Object result;
            try {
                result = method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            return switch (result) {
                case Connection connection when real instanceof DataSource -> {
                    open.incrementAndGet();
                    yield watched(Connection.class, connection, executions, open);
                }
                case PreparedStatement statement -> watched(PreparedStatement.class, statement, executions, open);
                case Statement statement -> watched(Statement.class, statement, executions, open);
                case null, default -> result;
            };
        }));
    }
}

import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.*;

/** A hundred thousand orders. What counts is read from plans as JSON: nodes and pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoIndexesTest {
    private static final long MEGABYTE = 1024 * 1024;
    private static final String ROWS = "select count(*) || ' orders, ' || sum(hashtextextended(o::text, 0)::numeric) from app.orders o";
    private CatalogSnapshot before;
    private String orders;

    @Test @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.of(clone);
        orders = Sql.text(clone.owner(), ROWS);
        AnswerMigrations.run(clone, answer);
    }

    @Test @Needs("runs") @Hint(1) @Promises("two-indexes") @DisplayName("two indexes at most")
    void hasTwoIndexes(Clone clone) throws SQLException {
        var names = indexes(clone).stream().map(List::getFirst).toList();
        Expect.that("Indexes of app.orders beside the primary key", names.size() <= 2, "at most 2", names.size() + ": " + names,
            "Every insert pays for each of them. Which queries can share one?");
    }

    @Test @Needs("runs") @Hint(2) @Promises("small") @DisplayName("they are small")
    void areSmall(Clone clone) throws SQLException {
        var indexes = indexes(clone);
        var bytes = indexes.stream().mapToLong(index -> ((Number) index.get(1)).longValue()).sum();
        Expect.that("The size of both", bytes <= 5 * MEGABYTE, "at most 5 MB", bytes / 1024 + " kB: " + indexes, "Which rows, and which columns, does no query ask for?");
    }

    @Test @Needs("runs") @Hint(1) @Promises("nothing-else") @DisplayName("nothing but indexes is new, and nothing is gone")
    void changesNothingElse(Clone clone) throws SQLException {
        Expect.nothingElseChanged("What else is new, changed or gone", before, CatalogSnapshot.of(clone), "An index was to be added, and no rule.",
            "new: index app\\..*\\(CREATE (UNIQUE )?INDEX .* ON app\\.orders ", "new: comment on index");
        Expect.equal("The orders", orders, Sql.text(clone.owner(), ROWS), "What did the file do to the rows?");
    }

    @Test @Needs("changesNothingElse") @Hint(1) @Promises("nothing-else") @DisplayName("what could be written before can still be written")
    void takesOrders(Clone clone) {
        Expect.works("Orders of new customers, two of one customer in one moment among them", () -> Sql.execute(clone.app(), """
            insert into app.orders (customer_id, status, created_at, cents)
            select c, case when n % 50 = 0 then 'open' else 'sent' end, t + n / 2 * interval '10 hours', n
            from generate_series(1, 100) n, (values (-7, timestamptz '2019-05-01'), (123456789, '2030-01-01')) v (c, t)"""), "Nothing is wrong with them.");
        Expect.works("Orders at the ends of all types, each of them twice", () -> Sql.execute(clone.app(), """
            insert into app.orders (customer_id, status, created_at, cents) select c, s, t, c
            from (values (-2147483648, timestamptz '-infinity'), (0, '0044-03-15 BC'), (2147483647, 'infinity')) v (c, t), (values ('open'), (''), ('sent'), ('?')) w (s),
              generate_series(1, 2)"""), "Nothing is wrong with them.");
        Expect.works("An order with a long status", () -> Sql.execute(clone.app(), """
            insert into app.orders (customer_id, status, created_at, cents) select 7, string_agg(md5(n::text), ''), '2024-05-01', 7 from generate_series(1, 300) n"""),
            "A text has no limit. An entry of an index has.");
        Expect.sqlState("The primary key of app.orders refuses a second order with the id 1", "23505", () -> Sql.execute(clone.owner(),
            "insert into app.orders overriding system value values (1, 1, 'sent', now(), 1)"), "The table and its primary key stay as they are.");
    }

    @Test @Needs("takesOrders") @Hint(1) @Promises({"no-scan-no-sort", "few-pages"}) @DisplayName("a customer's last ten")
    void customersLastTen(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), "vacuum analyze app.orders");
        var random = RandomData.create();
        try (var app = Sql.connect(clone.app())) {
            for (int customer : customers(clone, random)) {
                cheap(app, "The last ten of customer " + customer, 20, "select id, cents from app.orders where customer_id = ? order by created_at desc limit 10", customer);
            }
        }
    }

    @Test @Needs("takesOrders") @Hint(2) @Promises({"no-scan-no-sort", "few-pages"}) @DisplayName("what is to be packed")
    void whatIsToBePacked(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            cheap(app, "What is to be packed", 40, "select id, customer_id from app.orders where status = 'open' order by created_at limit 20");
        }
    }

    @Test @Needs("takesOrders") @Hint(1) @Promises({"no-scan-no-sort", "few-pages"}) @DisplayName("a customer's orders of some weeks")
    void customersWeeks(Clone clone) throws SQLException {
        var random = RandomData.create();
        try (var app = Sql.connect(clone.app())) {
            for (int customer : customers(clone, random)) {
                var from = random.instant(Instant.parse(customer < 0 ? "2019-05-01T00:00:00Z" : customer > 999 ? "2030-01-01T00:00:00Z" : "2025-01-01T00:00:00Z"),
                    Duration.ofDays(customer < 0 || customer > 999 ? 15 : 300));
                cheap(app, "Some weeks of customer " + customer, 20, "select count(*) from app.orders where customer_id = ? and created_at >= '" + from
                    + "' and created_at < '" + from.plus(Duration.ofDays(45)) + "'", customer);
            }
        }
    }

    /** The one with the most orders, and the fewest, of before; some other; and those who came later. */
    private static List<Integer> customers(Clone clone, RandomData random) throws SQLException {
        var ends = "select customer_id from app.orders where customer_id between 0 and 999 group by 1 order by count(*) %s, 1 limit 1";
        return List.of((int) Sql.number(clone.owner(), ends.formatted("desc")), (int) Sql.number(clone.owner(), ends.formatted("asc")), 7, random.number(0, 999), -7, 123456789);
    }

    private static List<List<Object>> indexes(Clone clone) throws SQLException {
        return Sql.query(clone.owner(), """
            select indexrelid::regclass::text as index, pg_relation_size(indexrelid) as bytes from pg_index
            where indrelid = 'app.orders'::regclass and not indisprimary order by 1""").values();
    }

    private static void cheap(Connection app, String what, long pages, String sql, Object... parameters) throws SQLException {
        var plan = QueryPlan.of(app, sql, parameters);
        Expect.that(what + ": the plan reads no table from end to end", none(plan, "Seq Scan"), "no Seq Scan", plan, "No index gives these rows.");
        Expect.that(what + ": the plan sorts nothing", none(plan, "Sort"), "no Sort", plan, "An index has its rows in an order. Which one would help?");
        Expect.that(what + ": pages that are read", plan.buffers() <= pages, "at most " + pages, plan,
            "Does the index find the rows, or does it only let PostgreSQL look for them?");
    }

    private static boolean none(QueryPlan plan, String type) {
        return plan.nodes().stream().noneMatch(node -> node.type().endsWith(type));
    }
}

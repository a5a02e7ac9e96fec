import grading.*;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.*;

/** Judges 08.5: each query gives the rows of its plain form, in any session and on any data, for a fraction of its buffers. */
class SameRowsFewerPagesTest {
    private static final Duration STUCK = Duration.ofSeconds(15);
    private static final String DAY = """
        select id, total from orders
        where to_char(placed_at at time zone 'UTC', 'YYYY-MM-DD') = '2026-03-01' order by id""";
    private static final String IDLE = """
        select id from customers c
        where (select count(*) from orders o where o.customer_id = c.id) = 0 order by id""";
    private static final String BIG = """
        select id from customers c
        where joined >= '2026-01-01'
          and (select count(*) from orders o where o.customer_id::text = c.id::text and o.total > 900) > 0
        order by id""";
    /** In one of them the clocks go forward in the middle of that very day, so that its own day has 23 hours. */
    private static final List<String> SESSIONS = List.of("set timezone = 'UTC'", "set timezone = 'Pacific/Auckland'", "set timezone = 'EST5EDT,M3.1.0,M11.1.0'",
        "set timezone = 'Asia/Kathmandu'; set datestyle = 'ISO, DMY'");
    /** With other plans the rows come in other orders, unless one is asked for. */
    private static final List<String> PLANS = List.of("set local enable_seqscan = on", "set local enable_hashjoin = off; set local enable_hashagg = off",
        "set local enable_mergejoin = off; set local enable_sort = off; set local enable_nestloop = off",
        "set local enable_indexscan = off; set local enable_indexonlyscan = off; set local enable_bitmapscan = off");
    private static final List<Instant> INSTANTS = List.of("2026-02-28T23:59:59.999999Z", "2026-03-01T00:00:00Z", "2026-03-01T12:00:00Z", "2026-03-01T23:30:00Z",
        "2026-03-01T23:59:59.5Z", "2026-03-01T23:59:59.9995Z", "2026-03-01T23:59:59.999999Z", "2026-03-02T00:00:00Z").stream().map(Instant::parse).toList();
    private static final List<BigDecimal> TOTALS = List.of("899.99", "900", "900.01", "901", "-1000", "99999999.99").stream().map(BigDecimal::new).toList();
    private static final List<LocalDate> DATES = List.of("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01", "1999-01-01").stream().map(LocalDate::parse).toList();

    private static final String BORDERS = """
        insert into customers values (103, '2999-12-31'), (100, '2027-01-01'), (101, '2025-12-31'), (102, '2026-01-01');
        insert into orders select 500 - n, 99 + n, '2026-05-01Z', (array[900.01, 901, 900, 5000])[n], 'border' from generate_series(1, 4) n""";

    @Test @Promises("one-select") @DisplayName("each file holds one select")
    void isOneSelect(Clone clone, Answer answer) throws Exception {
        try (var connection = session(clone, SESSIONS.getFirst()); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (var file : List.of("day.sql", "idle.sql", "big.sql")) {
                var text = answer.text(file);
                var results = new ArrayList<String>();
                Expect.works(file + ", in a transaction that may only read", () -> {
                    for (boolean rows = statement.execute(text); rows || statement.getUpdateCount() >= 0; rows = statement.getMoreResults()) {
                        results.add(rows ? "rows" : "no rows");
                    }
                }, "PostgreSQL's words name the place.");
                Expect.equal("What the statements of " + file + " give", List.of("rows"), results, "One select, and nothing before or after it.");
                connection.rollback();
            }
        }
    }

    @Test @Needs("isOneSelect") @Hint(2) @Promises("day-rows") @DisplayName("day.sql gives the orders of the day")
    void dayIsRight(Clone clone, Answer answer) throws Exception {
        sameRows(clone, answer, "day.sql", DAY, "Which instants belong to a day, the first and the last? And whose day is it?");
    }

    @Test @Needs("dayIsRight") @Hint(1) @Promises("day-buffers") @DisplayName("day.sql reads a tenth")
    void dayIsQuick(Clone clone, Answer answer) throws Exception {
        fewerPages(clone, answer, "day.sql", 10, DAY, "Does the column stand alone on its side of the comparison?");
    }

    @Test @Needs("isOneSelect") @Hint(2) @Promises("idle-rows") @DisplayName("idle.sql gives the customers who never ordered")
    void idleIsRight(Clone clone, Answer answer) throws Exception {
        sameRows(clone, answer, "idle.sql", IDLE, "What does the order of a guest, who is no customer, do to your query?");
    }

    @Test @Needs("idleIsRight") @Hint(1) @Promises("idle-buffers") @DisplayName("idle.sql reads a third")
    void idleIsQuick(Clone clone, Answer answer) throws Exception {
        fewerPages(clone, answer, "idle.sql", 3, IDLE, "What runs once for each customer?");
    }

    @Test @Needs("isOneSelect") @Hint(2) @Promises("big-rows") @DisplayName("big.sql gives the new customers with a big order")
    void bigIsRight(Clone clone, Answer answer) throws Exception {
        sameRows(clone, answer, "big.sql", BIG, "Each customer once, however many big orders there are.");
    }

    @Test @Needs("bigIsRight") @Hint(1) @Promises("big-buffers") @DisplayName("big.sql reads a fiftieth")
    void bigIsQuick(Clone clone, Answer answer) throws Exception {
        fewerPages(clone, answer, "big.sql", 50, BIG, "What is cast, and which index does that hide?");
    }

    private static void sameRows(Clone clone, Answer answer, String file, String plain, String lookAt) throws Exception {
        var text = answer.text(file);
        for (var settings : SESSIONS) {
            try (var connection = session(clone, settings)) {
                if (settings.equals(SESSIONS.getFirst())) {
                    Expect.equal("The columns of " + file, columns(connection, plain), columns(connection, text), "The same names, in the same order, with the same types.");
                }
                Expect.tableInOrder("The rows of " + file + ", after " + settings, Rows.query(connection, plain), Expect.within(file, STUCK, () -> Rows.query(connection, text)), lookAt);
            }
        }
        sameRowsOfOtherTables(clone, file, text, plain, lookAt);
    }

    /** The tables are filled anew, in a transaction that is rolled back. */
    private static void sameRowsOfOtherTables(Clone clone, String file, String text, String plain, String lookAt) throws Exception {
        var random = RandomData.create();
        try (var connection = Sql.connect(clone.owner())) {
            connection.setAutoCommit(false);
            for (boolean oddOnesOrder : new boolean[] {false, true}) {
                fill(connection, random, oddOnesOrder);
                for (var plan : PLANS) {
                    var before = connection.setSavepoint();
                    Sql.execute(connection, plan);
                    Expect.tableInOrder("The rows of " + file + " with other customers and orders, after " + plan, Rows.query(connection, plain),
                        Expect.within(file, STUCK, () -> Rows.query(connection, text)), lookAt);
                    connection.rollback(before);
                }
                connection.rollback();
            }
        }
    }

    private static void fill(Connection connection, RandomData random, boolean oddOnesOrder) throws SQLException {
        Sql.execute(connection, "truncate customers, orders");
        var customers = new ArrayList<>(EdgeData.numbers());
        IntStream.rangeClosed(10, 60).forEach(id -> customers.add((long) id));
        var shuffle = new Random(random.number(0, 1_000_000));
        Collections.shuffle(customers, shuffle);
        try (var insert = connection.prepareStatement("insert into customers (id, joined) values (?, ?)")) {
            for (var id : customers) {
                insert.setLong(1, id);
                insert.setDate(2, Date.valueOf(random.coin() ? random.oneOf(DATES) : LocalDate.of(2026, random.number(1, 12), random.number(1, 28))));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        var ordering = customers.stream().filter(id -> EdgeData.numbers().contains(id) ? oddOnesOrder : id % 2 == 0).toList();
        var ids = new ArrayList<>(IntStream.rangeClosed(1, 200).boxed().toList());
        Collections.shuffle(ids, shuffle);
        try (var insert = connection.prepareStatement("insert into orders (id, customer_id, placed_at, total, note) values (?, ?, ?, ?, 'random')")) {
            for (var id : ids) {
                insert.setLong(1, id);
                insert.setObject(2, random.number(1, 5) == 1 ? null : random.oneOf(ordering), java.sql.Types.BIGINT);
                insert.setObject(3, (random.coin() ? random.oneOf(INSTANTS) : random.instant(Instant.parse("2026-02-27T00:00:00Z"), Duration.ofDays(5))).atOffset(ZoneOffset.UTC));
                insert.setBigDecimal(4, random.coin() ? random.oneOf(TOTALS) : random.amount(0, 1000));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        Sql.execute(connection, BORDERS);
    }

    private static void fewerPages(Clone clone, Answer answer, String file, int share, String plain, String lookAt) throws Exception {
        try (var connection = session(clone, SESSIONS.getFirst())) {
            var before = QueryPlan.of(connection, plain).buffers();
            var now = QueryPlan.of(connection, answer.text(file));
            Expect.that("Buffers that " + file + " reads", now.buffers() <= before / share, "at most " + before / share, now, lookAt);
        }
    }

    private static Connection session(Clone clone, String settings) throws SQLException {
        var connection = Sql.connect(clone.app());
        Sql.execute(connection, settings);
        Sql.execute(connection, "set default_transaction_read_only = on");
        return connection;
    }

    /** "id int8, total numeric" */
    private static List<String> columns(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            var meta = statement.getMetaData();
            var columns = new ArrayList<String>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnLabel(i) + " " + meta.getColumnTypeName(i));
            }
            return columns;
        }
    }
}

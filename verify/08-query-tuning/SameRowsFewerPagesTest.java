import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.*;

/** Judges 08.5: each query gives the rows of its plain form, in two time zones, for a fraction of its buffers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SameRowsFewerPagesTest {
    private static final Duration STUCK = Duration.ofSeconds(15);
    private static final Pattern BUFFERS = Pattern.compile("\"(Shared (?:Hit|Read) Blocks|Temp Read Blocks)\": (\\d+)");
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

    @Test @Order(1) @Hint(2) @DisplayName("day.sql gives the orders of the day")
    void dayIsRight(Clone clone, Answer answer) throws Exception {
        sameRows(clone, answer, "day.sql", DAY, "Which instants belong to a day, the first and the last? And whose day is it?");
    }

    @Test @Order(2) @Needs("dayIsRight") @Hint(1) @DisplayName("day.sql reads a tenth")
    void dayIsQuick(Clone clone, Answer answer) throws Exception {
        fewerPages(clone, answer, "day.sql", 10, DAY, "Does the column stand alone on its side of the comparison?");
    }

    @Test @Order(3) @Hint(2) @DisplayName("idle.sql gives the customers who never ordered")
    void idleIsRight(Clone clone, Answer answer) throws Exception {
        sameRows(clone, answer, "idle.sql", IDLE, "What does the order of a guest, who is no customer, do to your query?");
    }

    @Test @Order(4) @Needs("idleIsRight") @Hint(1) @DisplayName("idle.sql reads a third")
    void idleIsQuick(Clone clone, Answer answer) throws Exception {
        fewerPages(clone, answer, "idle.sql", 3, IDLE, "What runs once for each customer?");
    }

    @Test @Order(5) @Hint(2) @DisplayName("big.sql gives the new customers with a big order")
    void bigIsRight(Clone clone, Answer answer) throws Exception {
        sameRows(clone, answer, "big.sql", BIG, "Each customer once, however many big orders there are.");
    }

    @Test @Order(6) @Needs("bigIsRight") @Hint(1) @DisplayName("big.sql reads a fiftieth")
    void bigIsQuick(Clone clone, Answer answer) throws Exception {
        fewerPages(clone, answer, "big.sql", 50, BIG, "What is cast, and which index does that hide?");
    }

    private static void sameRows(Clone clone, Answer answer, String file, String plain, String lookAt) throws Exception {
        for (var zone : List.of("UTC", "Pacific/Auckland")) {
            try (var connection = connect(clone, zone)) {
                Expect.tableInOrder("The rows of " + file + ", asked in the time zone " + zone, Rows.query(connection, plain),
                    Expect.within(file, STUCK, () -> Rows.query(connection, answer.text(file))), lookAt);
            }
        }
    }

    private static void fewerPages(Clone clone, Answer answer, String file, int share, String plain, String lookAt) throws Exception {
        try (var connection = connect(clone, "UTC")) {
            var before = buffers(connection, plain);
            var now = buffers(connection, answer.text(file));
            Expect.that("Buffers that " + file + " reads", now <= before / share, "at most " + before / share, now, lookAt);
        }
    }

    private static Connection connect(Clone clone, String zone) throws SQLException {
        var connection = clone.app().connect();
        try (var statement = connection.createStatement()) {
            statement.execute("set timezone = '" + zone + "'");
            statement.execute("set default_transaction_read_only = on");
        }
        return connection;
    }

    /** Of the topmost node, which has those of all nodes below it. */
    private static long buffers(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
             var row = statement.executeQuery("explain (analyze, buffers, timing off, format json) " + sql)) {
            row.next();
            var figures = BUFFERS.matcher(row.getString(1));
            long sum = 0;
            for (int i = 0; i < 3 && figures.find(); i++) {
                sum += Long.parseLong(figures.group(2));
            }
            return sum;
        }
    }
}

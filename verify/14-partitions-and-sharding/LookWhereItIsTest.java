import grading.*;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.*;

/** The rows against those of the queries as given, on other data too; and the partitions that a plan has executed. */
class LookWhereItIsTest {
    private static final Duration STUCK = Duration.ofSeconds(10);
    private static final LocalDate BEGIN = LocalDate.of(2024, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 12, 31);
    private static final String MAY = "select page, count(*) as visits from app.visits where to_char(day, 'YYYY-MM') = '2025-05' group by page order by page";
    private static final String FIRST = "select v.day, v.page from app.visits v join app.users u on u.id = v.user_id "
        + "where u.id = 7 and v.day - u.joined between 0 and 29 order by v.day, v.page";
    private static final List<LocalDate> MAY_EDGES = List.of("2025-04-30", "2025-05-01", "2025-05-31", "2025-06-01", "2024-05-15").stream().map(LocalDate::parse).toList();
    private static final Pattern PARTITION = Pattern.compile("\\bon (visits_\\w+)");

    @Test @Promises("one-select") @DisplayName("each file holds one select")
    void isOneSelect(Clone clone, Answer answer) throws Exception {
        try (var connection = Sql.connect(clone.app()); var statement = connection.createStatement()) {
            Sql.execute(connection, "set default_transaction_read_only = on");
            connection.setAutoCommit(false);
            for (var file : List.of("may.sql", "first.sql")) {
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

    @Test @Needs("isOneSelect") @Hint(1) @Promises("may-rows") @DisplayName("may.sql gives the pages of May 2025")
    void mayIsRight(Clone clone, Answer answer) throws Exception {
        sameRows(clone, answer, "may.sql", MAY, "Which days belong to May 2025, the first and the last?");
    }

    @Test @Needs("mayIsRight") @Hint(1) @Promises("may-pruned") @DisplayName("may.sql looks into one partition")
    void mayIsPruned(Clone clone, Answer answer) throws SQLException {
        try (var connection = Sql.connect(clone.app())) {
            Expect.equal("Partitions that may.sql looks into", new TreeSet<>(List.of("visits_2025_q2")), executed(connection, answer.text("may.sql")),
                "Does the column stand alone on its side of the comparison?");
        }
    }

    @Test @Needs("isOneSelect") @Hint(2) @Promises("first-rows") @DisplayName("first.sql gives the visits of the first 30 days")
    void firstIsRight(Clone clone, Answer answer) throws Exception {
        sameRows(clone, answer, "first.sql", FIRST, "From the day on which he joined, 30 days, and each visit once.");
    }

    @Test @Needs("firstIsRight") @Hint(2) @Promises("first-rows") @DisplayName("from whichever day on, were it the last one of a month")
    void firstIsRightFromAnyDay(Clone clone, Answer answer) throws Exception {
        try (var owner = Sql.connect(clone.owner())) {
            owner.setAutoCommit(false);
            Sql.execute(owner, "truncate app.visits; insert into app.visits select day, 7, '/' from generate_series(date '%s', date '%s', interval '1 day') day".formatted(BEGIN, LAST));
            for (var joined : List.of("2024-01-01", "2024-01-30", "2024-01-31", "2024-02-29", "2024-12-31", "2025-01-29", "2025-01-30", "2025-01-31", "2025-02-28", "2025-12-31")) {
                Sql.execute(owner, "update app.users set joined = '" + joined + "' where id = 7");
                same("The rows of first.sql, when he joined on " + joined + " and came each day", owner, "first.sql", FIRST, answer.text("first.sql"), "Thirty days, however long a month is.");
            }
            owner.rollback();
        }
    }

    @Test @Needs("firstIsRight") @Hint(2) @Promises("first-pruned") @DisplayName("first.sql looks into two partitions at most")
    void firstIsPruned(Clone clone, Answer answer) throws SQLException {
        try (var owner = Sql.connect(clone.owner())) {
            owner.setAutoCommit(false);
            for (var joined : List.of("2024-01-02", "2024-06-10", "2024-12-20", "2025-05-05", "2025-12-15")) {
                Sql.execute(owner, "update app.users set joined = '" + joined + "' where id = 7");
                var executed = executed(owner, answer.text("first.sql"));
                Expect.that("Partitions that first.sql looks into, when he joined on " + joined, executed.size() <= 2, "two at most", executed,
                    "Are both bounds known before the scan begins?");
            }
            owner.rollback();
        }
    }

    /** The partitions that a query has asked for rows. */
    private static TreeSet<String> executed(Connection connection, String sql) throws SQLException {
        var partitions = new TreeSet<String>();
        for (var node : QueryPlan.of(connection, sql).nodes()) {
            var partition = PARTITION.matcher(node.detail());
            if (node.loops() > 0 && partition.find()) {
                partitions.add(partition.group(1));
            }
        }
        return partitions;
    }

    private static void sameRows(Clone clone, Answer answer, String file, String plain, String lookAt) throws Exception {
        var text = answer.text(file);
        var random = RandomData.create();
        try (var owner = Sql.connect(clone.owner())) {
            owner.setAutoCommit(false);
            Expect.equal("The columns of " + file, columns(owner, plain), columns(owner, text), "The same names, in the same order, with the same types.");
            same("The rows of " + file, owner, file, plain, text, lookAt);
            for (int round = 0; round < 6; round++) {
                fill(owner, random);
                same("The rows of " + file + " with other users and visits", owner, file, plain, text, lookAt);
            }
            for (var zone : List.of("Asia/Tokyo", "America/Los_Angeles")) {
                Sql.execute(owner, "set local time zone '" + zone + "'");
                fill(owner, random);
                same("The rows of " + file + " for somebody in " + zone, owner, file, plain, text, "A day is a date, wherever somebody is.");
            }
            Sql.execute(owner, "set local time zone 'UTC'");
            Sql.execute(owner, "delete from app.users where id = 7");
            same("The rows of " + file + " without a user 7", owner, file, plain, text, lookAt);
            owner.rollback();
        }
        try (var owner = Sql.connect(clone.owner())) { // a session that has not read the query's dates yet
            owner.setAutoCommit(false);
            Sql.execute(owner, "set datestyle = 'ISO, DMY'");
            same("The rows of " + file + " for somebody who writes the day before the month", owner, file, plain, text, "How is a date written that everybody reads alike?");
            owner.rollback();
        }
    }

    private static void same(String what, Connection connection, String file, String plain, String text, String lookAt) throws Exception {
        for (var plan : List.of("set local enable_hashagg = on", "set local enable_hashagg = off; set local enable_indexscan = off; set local enable_bitmapscan = off")) {
            var before = connection.setSavepoint();
            Sql.execute(connection, plan);
            Expect.tableInOrder(what, Rows.query(connection, plain), Expect.within(file, STUCK, () -> Rows.query(connection, text)), lookAt);
            connection.rollback(before);
        }
    }

    /** Another day of joining, and visits on the days around it and around May 2025; some of them twice. */
    private static void fill(Connection connection, RandomData random) throws SQLException {
        Sql.execute(connection, "truncate app.visits");
        var joined = BEGIN.plusDays(random.number(40, 640));
        try (var user = connection.prepareStatement("update app.users set joined = ? where id = 7")) {
            user.setDate(1, Date.valueOf(joined));
            user.executeUpdate();
        }
        try (var insert = connection.prepareStatement("insert into app.visits values (?, ?, ?)")) {
            for (int n = 0; n < 120; n++) {
                var day = switch (n % 4) {
                    case 0 -> random.oneOf(MAY_EDGES);
                    case 1 -> joined.plusDays(random.oneOf(List.of(-1, 0, 1, 28, 29, 30, 31)));
                    case 2 -> joined.plusDays(random.number(-35, 65));
                    default -> BEGIN.plusDays(random.number(0, (int) java.time.temporal.ChronoUnit.DAYS.between(BEGIN, LAST)));
                };
                insert.setDate(1, Date.valueOf(day));
                insert.setInt(2, random.oneOf(List.of(7, 7, 8, 70)));
                insert.setString(3, "/" + random.word(1));
                for (int times = random.number(1, 2); times > 0; times--) {
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** "day date, page text" */
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

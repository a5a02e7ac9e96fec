import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.*;

/** Judges 08.2 by walking through all pages, and by the buffers that PostgreSQL counted. */
class NextPageTest {
    private static final Duration STUCK = Duration.ofSeconds(15);
    private static final Optional<Feed.Article> START = Optional.empty();
    /** What somebody may have set in his session. */
    private static final String OF_THE_CALLER = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off; "
        + "set work_mem = '7MB'; set random_page_cost = 3; set cursor_tuple_fraction = 0.5; set jit = off; set lock_timeout = '5s'; set statement_timeout = '30s'; "
        + "set search_path = public, pg_catalog; set timezone = 'Asia/Kathmandu'; set application_name = 'reader'";
    private final TimeZone here = TimeZone.getDefault();

    @BeforeEach void inUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterEach void goHome() {
        TimeZone.setDefault(here);
    }

    @Test @Hint(1) @Promises({"newest-first", "full-pages"}) @DisplayName("the first page has the newest articles")
    void firstPage(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            var expected = newest(connection).subList(0, 25);
            Expect.equal("The first page of 25", ids(expected), ids(page(connection, START, 25)), "The newest first, whatever day it is; of one instant the greater id first.");
        }
    }

    @Test @Needs("firstPage") @Hint(1) @Promises({"each-once", "full-pages", "newest-first"}) @DisplayName("page after page, each article comes once, in order")
    void eachOnce(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            var expected = ids(newest(connection));
            for (int size : new int[] {250, 301, 1999}) {
                var walked = ids(walk(connection, START, size, expected.size()));
                Expect.equal("Different articles on pages of " + size, expected.size(), new HashSet<>(walked).size(), "What happens to the rest of those with the same created_at?");
                Expect.equal("Articles on pages of " + size, expected.size(), walked.size(), "Which of them came twice?");
                Expect.equal("Their order", expected, walked, "The newest first; of one instant the greater id first.");
            }
        }
    }

    @Test @Needs("eachOnce") @Hint(1) @Promises({"each-once", "full-pages"}) @DisplayName("pages of any size do, from anywhere")
    void anySize(Clone clone) throws Exception {
        var random = RandomData.create();
        try (var connection = Sql.connect(clone.app())) {
            var expected = newest(connection);
            for (int round = 0; round < 30; round++) {
                int from = round < 10 ? expected.size() - 1 - round : random.number(1, expected.size() - 1);
                int size = random.number(1, round % 3 == 0 ? 5 : round % 3 == 1 ? 700 : expected.size());
                var page = page(connection, Optional.of(expected.get(from - 1)), size);
                Expect.equal("The page of " + size + " after article " + from, ids(expected.subList(from, Math.min(expected.size(), from + size))), ids(page),
                    "Full, unless it is the last one; and right behind the last article.");
            }
            for (int size : new int[] {expected.size() - 1, expected.size() + 1, Integer.MAX_VALUE}) {
                Expect.equal("The first page of " + size, ids(expected.subList(0, Math.min(expected.size(), size))), ids(page(connection, START, size)), "Full, however many there are, unless it is the last one.");
            }
            Expect.equal("The page after the oldest article", List.of(), page(connection, Optional.of(expected.getLast()), 10), "Nothing is older.");
        }
    }

    @Test @Needs("eachOnce") @Promises("as-they-are") @DisplayName("articles come as they are")
    void comesAsItIs(Clone clone) throws Exception {
        var expected = newest(clone);
        try (var connection = Sql.connect(clone.app())) {
            for (int from : new int[] {290, expected.size() - 70}) {
                Expect.equal("The articles of the page after article " + from, expected.subList(from, from + 70), instants(page(connection, Optional.of(expected.get(from - 1)), 70)),
                    "All three fields, as they are in the table. An instant has microseconds.");
            }
        }
        Environments.inEveryTimeZone(where -> {
            try (var connection = Sql.connect(clone.app())) {
                Expect.equal("The articles of the first page, " + where, expected.subList(0, 20), instants(page(connection, START, 20)), "All three fields, as they are in the table. An instant is one everywhere.");
            }
        });
    }

    @Test @Needs("eachOnce") @Promises("each-once") @DisplayName("in the night when the clocks go back each article comes once, too")
    void knowsInstants(Clone clone) throws Exception {
        var all = newest(clone);
        var expected = all.subList(all.size() - 66, all.size());
        Environments.inEveryTimeZone(where -> {
            try (var connection = Sql.connect(clone.app())) {
                var walked = walk(connection, Optional.of(all.get(all.size() - 67)), 3, expected.size());
                Expect.equal("Articles on pages of 3, " + where, ids(expected), ids(walked), "There are two half past twos. Which of them does your query mean?");
            }
        });
    }

    @Test @Fresh @Needs("eachOnce") @Hint(1) @Promises("meanwhile") @DisplayName("articles that come and go meanwhile move nothing")
    void standsStill(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app()); var owner = Sql.connect(clone.owner())) {
            var before = newest(connection);
            var last = page(connection, START, 10).getLast();
            Sql.execute(owner, "insert into articles select 20000 + n, timestamptz '2098-01-01Z' + n * interval '400 days', 'Just in' from generate_series(1, 7) n");
            Expect.equal("Page 2, after seven new articles came in", ids(before.subList(10, 20)), ids(page(connection, Optional.of(last), 10)),
                "Where does page 2 begin: at a number, or after an article?");
            Sql.execute(owner, "delete from articles where id = " + last.id());
            Expect.equal("Page 2, after the last article of page 1 was deleted", ids(before.subList(10, 20)), ids(page(connection, Optional.of(last), 10)),
                "The article itself may be gone. Its place in the order is not.");
        }
    }

    @Test @Needs("eachOnce") @Hint(2) @Promises("few-buffers") @DisplayName("a page far down costs no more than the first")
    void costsTheSame(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            var all = newest(connection);
            for (int row : new int[] {0, 4990, 11_900}) {
                var read = buffers(clone, connection, row == 0 ? START : Optional.of(all.get(row - 1)), 10);
                Expect.that("Buffers that the page after article " + row + " read", read <= 150, "at most 150", read,
                    "Does the index begin at the right place, or is everything read that is skipped?");
            }
        }
    }

    @Test @Needs("eachOnce") @Hint(1) @Promises("newest-first") @DisplayName("the order is asked for, and no gift of the index")
    void ordersByItself(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            Sql.execute(connection, "set enable_indexscan = off; set enable_indexonlyscan = off; set enable_bitmapscan = off");
            var expected = newest(connection);
            for (int at : new int[] {0, 130, 1000}) {
                var last = at == 0 ? START : Optional.of(expected.get(at - 1));
                Expect.equal("The page after article " + at + ", without the index", ids(expected.subList(at, at + 100)), ids(page(connection, last, 100)),
                    "Rows come in the order that the query names, and in no other that you may rely on.");
            }
        }
    }

    @Test @Needs("eachOnce") @Promises("as-lent") @DisplayName("the connection is left as it was")
    void leavesTheConnection(Clone clone) throws Exception {
        for (var settings : List.of("", OF_THE_CALLER)) {
            for (boolean inTransaction : new boolean[] {false, true}) {
                try (var connection = Sql.connect(clone.app())) {
                    if (!settings.isEmpty()) {
                        Sql.execute(connection, settings);
                    }
                    connection.setTransactionIsolation(settings.isEmpty() ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_SERIALIZABLE);
                    connection.setAutoCommit(!inTransaction);
                    var lent = ConnectionState.of(connection);
                    if (inTransaction) {
                        Sql.execute(connection, "set local work_mem = '9MB'; set local plan_cache_mode = auto; set local enable_sort = on");
                    }
                    var begun = ConnectionState.of(connection);
                    var first = page(connection, START, 10);
                    page(connection, Optional.of(first.getLast()), 10);
                    if (inTransaction) {
                        var afterwards = ConnectionState.of(connection);
                        Expect.equal("The transaction of the caller, afterwards", "open", afterwards.facts().get("transaction"), "Who began it ends it.");
                        Expect.asLent("The connection after two pages, in the transaction of the caller", begun, afterwards, "Its owner goes on with it, and with his settings.");
                        connection.rollback();
                    }
                    Expect.asLent("The connection after two pages" + (inTransaction ? ", and a rollback" : ""), lent, ConnectionState.of(connection), "Its owner goes on with it.");
                }
            }
        }
    }

    @Test @Needs("leavesTheConnection") @Promises("as-lent") @DisplayName("the connection is left as it was where a page fails, too")
    void leavesTheConnectionAfterAFailure(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app()); var owner = Sql.connect(clone.owner())) {
            Sql.execute(connection, "set lock_timeout = '200ms'");
            var lent = ConnectionState.of(connection);
            owner.setAutoCommit(false);
            Sql.execute(owner, "lock table articles");
            Expect.sqlState("The first page, while somebody else holds the table, with lock_timeout = '200ms'", "55P03", () -> page(connection, START, 10),
                "What goes wrong is for the caller to know.");
            owner.rollback();
            Expect.asLent("The connection after a page that failed", lent, ConnectionState.of(connection), "Its owner goes on with it, after a failure as well.");
        }
    }

    @Test @Needs("standsStill") @Hint(1) @Promises("meanwhile") @DisplayName("who was there before is seen once, whatever comes and goes")
    void bearsChanges(Clone clone) throws Exception {
        var random = RandomData.create();
        try (var connection = Sql.connect(clone.app()); var owner = Sql.connect(clone.owner())) {
            var staying = new ArrayList<>(ids(newest(connection)));
            var seen = new ArrayList<Long>();
            var last = START;
            for (int pages = 0; pages < 80; pages++) {
                var page = page(connection, last, random.number(1, 600));
                if (page.isEmpty()) {
                    break;
                }
                seen.addAll(ids(page));
                last = Optional.of(page.getLast());
                // The last one goes, another one, and new ones come beside it.
                var gone = List.of(last.get().id(), random.oneOf(staying));
                staying.removeAll(gone);
                Sql.execute(owner, "delete from articles where id in (%d, %d); insert into articles select %d + n, created_at, 'Beside' from (values (1, timestamptz '%s'), (2, '2098-01-01Z'), (3, timestamptz '%4$s' - interval '1 microsecond')) v(n, created_at)"
                    .formatted(gone.getFirst(), gone.getLast(), 100_000 + 10 * pages, last.get().createdAt()));
            }
            Expect.equal("Articles that came twice", seen.size(), new HashSet<>(seen).size(), "Where does the next page begin?");
            Expect.equal("Articles that were there all the time, and their order", staying, seen.stream().filter(new HashSet<>(staying)::contains).toList(), "Each once, in order.");
        }
    }

    @Test @Needs("eachOnce") @Hint(2) @Promises({"each-once", "newest-first"}) @DisplayName("articles dated at infinity come first, each once")
    void beginsAtInfinity(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.owner())) {
            connection.setAutoCommit(false); // ended by a rollback
            Sql.execute(connection, "insert into articles values (20001, 'infinity', 'Stays on top'), (20002, 'infinity', 'Stays on top, too'), "
                + "(3000000000, 'infinity', 'Beyond four bytes'), (9223372036854775806, 'infinity', 'Nearly the last'), (-5, 'infinity', 'Below zero'), "
                + "(20003, '9999-12-31 23:59:59.999999Z', 'Dated far ahead'); update articles set created_at = 'infinity' where id = 9223372036854775807");
            var expected = Rows.query(connection, "select id from articles order by created_at desc, id desc limit 10").values().stream().map(row -> ((Number) row.getFirst()).longValue()).toList();
            var walked = new ArrayList<Feed.Article>();
            for (int size : new int[] {1, 2, 3, 4}) {
                walked.addAll(page(connection, walked.isEmpty() ? START : Optional.of(walked.getLast()), size));
            }
            Expect.equal("Articles on pages of 1, 2, 3 and 4, when six are dated at infinity and one in the year 9999", expected, ids(walked), "What is greater than all? And what comes after it?");
            connection.rollback();
        }
    }

    @Test @Needs("eachOnce") @Hint(2) @Promises({"each-once", "as-they-are"}) @DisplayName("each microsecond is one, in centuries to come as well")
    void countsEachMicrosecond(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.owner())) {
            connection.setAutoCommit(false); // ended by a rollback
            Sql.execute(connection, "insert into articles select 20000 + n, timestamptz '2500-01-01 00:00:00.000001Z' + n / 2 * interval '1 microsecond', 'In 2500' from generate_series(1, 40) n");
            var expected = newest(connection).subList(0, 40);
            var walked = new ArrayList<Feed.Article>();
            for (int pages = 0; pages < 14; pages++) {
                walked.addAll(page(connection, walked.isEmpty() ? START : Optional.of(walked.getLast()), 3));
            }
            Expect.equal("The first 40 articles on pages of 3, when they are dated in the year 2500", ids(expected), ids(walked.subList(0, 40)), "How exact is what you compare with?");
            Expect.equal("As they are", instants(expected), instants(walked.subList(0, 40)), "An instant has microseconds, whatever the year.");
            connection.rollback();
        }
    }

    private static List<Feed.Article> page(Connection connection, Optional<Feed.Article> last, int size) throws Exception {
        return Expect.within("A page of " + size, STUCK, () -> Feed.page(connection, last, size));
    }

    private static List<Feed.Article> walk(Connection connection, Optional<Feed.Article> from, int size, int most) throws Exception {
        var all = new ArrayList<Feed.Article>();
        var last = from;
        for (int pages = 0; pages <= 3 * (most / size + 20); pages++) {
            var page = page(connection, last, size);
            Expect.that("Articles on a page of " + size, page.size() <= size, "at most " + size, page.size(), "Who asked for more?");
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            last = Optional.of(page.getLast());
        }
        return all;
    }

    private static List<Long> ids(List<Feed.Article> articles) {
        return articles.stream().map(Feed.Article::id).toList();
    }

    /** The offset does not matter, the instant does. */
    private static List<Feed.Article> instants(List<Feed.Article> articles) {
        return articles.stream().map(article -> new Feed.Article(article.id(), article.createdAt().withOffsetSameInstant(ZoneOffset.UTC), article.title())).toList();
    }

    private static List<Feed.Article> newest(Clone clone) throws SQLException {
        try (var connection = Sql.connect(clone.app())) {
            return newest(connection);
        }
    }

    private static List<Feed.Article> newest(Connection connection) throws SQLException {
        var all = new ArrayList<Feed.Article>();
        try (var statement = connection.createStatement(); var row = statement.executeQuery(
                "select id, created_at, title from articles order by created_at desc, id desc")) {
            while (row.next()) {
                all.add(new Feed.Article(row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
            }
        }
        return instants(all);
    }

    /** Counted by the server for the table and its indexes; the second of two equal runs, when the catalog is known. */
    private static long buffers(Clone clone, Connection connection, Optional<Feed.Article> last, int size) throws Exception {
        page(connection, last, size);
        var before = counted(clone, connection);
        page(connection, last, size);
        return counted(clone, connection) - before;
    }

    private static long counted(Clone clone, Connection connection) throws SQLException {
        Rows.query(connection, "select pg_stat_force_next_flush()");
        return Sql.number(clone.app(), """
            select coalesce(heap_blks_hit, 0) + coalesce(heap_blks_read, 0) + coalesce(idx_blks_hit, 0) + coalesce(idx_blks_read, 0)
            from pg_statio_user_tables where relname = 'articles'""");
    }

    @Test @Fresh @Needs("standsStill") @Hint(1) @Promises("meanwhile") @DisplayName("nor where another article has the number of the last one by now")
    void knowsWhereItWas(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app()); var owner = Sql.connect(clone.owner())) {
            var before = newest(connection);
            var last = page(connection, START, 10).getLast();
            for (var date : List.of("2098-01-01Z", "1960-01-01Z")) {
                Sql.execute(owner, "delete from articles where id = %1$d; insert into articles values (%1$d, '%2$s', 'Another one')".formatted(last.id(), date));
                Expect.equal("Page 2, when an article of " + date + " has the id of the last one of page 1", ids(before.subList(10, 20)), ids(page(connection, Optional.of(last), 10)),
                    "Where the reader was, the reader has told you.");
            }
        }
    }
}

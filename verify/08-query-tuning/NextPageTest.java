import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.*;

/** Judges 08.2 by walking through all pages, and by the buffers that PostgreSQL counted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NextPageTest {
    private static final Duration STUCK = Duration.ofSeconds(15);

    @Test @Order(1) @Hint(1) @DisplayName("the first page has the newest articles")
    void firstPage(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            var expected = newest(connection).subList(0, 25);
            Expect.equal("The first page of 25", ids(expected), ids(page(connection, Optional.empty(), 25)),
                "The newest first; of one instant the greater id first.");
            Expect.equal("Its articles", expected, page(connection, Optional.empty(), 25), "All three fields, as they are in the table.");
        }
    }

    @Test @Order(2) @Needs("firstPage") @Hint(1) @DisplayName("page after page, each article comes once, in order")
    void eachOnce(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            var expected = ids(newest(connection));
            for (int size : new int[] {250, 301, 1999}) {
                var walked = ids(walk(connection, size, expected.size()));
                Expect.equal("Different articles on pages of " + size, expected.size(), new HashSet<>(walked).size(),
                    "What happens to the rest of those with the same created_at?");
                Expect.equal("Articles on pages of " + size, expected.size(), walked.size(), "Which of them came twice?");
                Expect.equal("Their order", expected, walked, "The newest first; of one instant the greater id first.");
            }
        }
    }

    @Test @Order(3) @Needs("eachOnce") @Hint(1) @DisplayName("after the last article comes an empty page")
    void ends(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            Expect.equal("The page after the oldest article", List.of(),
                page(connection, Optional.of(newest(connection).getLast()), 10), "Nothing is older.");
        }
    }

    @Test @Order(4) @Fresh @Needs("eachOnce") @Hint(1) @DisplayName("articles that come and go meanwhile move nothing")
    void standsStill(Clone clone) throws Exception {
        try (var connection = clone.app().connect(); var owner = clone.owner().connect(); var change = owner.createStatement()) {
            var before = newest(connection);
            var first = page(connection, Optional.empty(), 10);
            change.execute("insert into articles select 20000 + n, now(), 'Just in' from generate_series(1, 7) n");
            Expect.equal("Page 2, after seven new articles came in", ids(before.subList(10, 20)),
                ids(page(connection, Optional.of(first.getLast()), 10)), "Where does page 2 begin: at a number, or after an article?");
            change.execute("delete from articles where id = " + first.getLast().id());
            Expect.equal("Page 2, after the last article of page 1 was deleted", ids(before.subList(10, 20)),
                ids(page(connection, Optional.of(first.getLast()), 10)), "The article itself may be gone. Its place in the order is not.");
        }
    }

    @Test @Order(5) @Fresh @Needs("eachOnce") @Hint(2) @DisplayName("a page far down costs no more than the first")
    void costsTheSame(Clone clone) throws Exception {
        try (var connection = clone.app().connect()) {
            var all = newest(connection);
            for (int row : new int[] {4990, 11_900}) {
                var read = buffers(clone, connection, Optional.of(all.get(row - 1)), 10);
                Expect.that("Buffers that the page after article " + row + " read", read <= 150, "at most 150", read,
                    "Does the index begin at the right place, or is everything read that is skipped?");
            }
            var first = buffers(clone, connection, Optional.empty(), 10);
            Expect.that("Buffers that the first page read", first <= 150, "at most 150", first, "Ten articles are enough.");
        }
    }

    @Test @Order(6) @Fresh @Needs("eachOnce") @Hint(1) @DisplayName("the order is asked for, and no gift of the index")
    void ordersByItself(Clone clone) throws Exception {
        try (var connection = clone.app().connect(); var owner = clone.owner().connect(); var change = owner.createStatement()) {
            change.execute("drop index articles_newest");
            var expected = newest(connection);
            for (int at : new int[] {0, 130, 1000}) {
                var last = at == 0 ? Optional.<Feed.Article>empty() : Optional.of(expected.get(at - 1));
                Expect.equal("The page after article " + at + ", without the index", ids(expected.subList(at, at + 100)),
                    ids(page(connection, last, 100)), "Rows come in the order that the query names, and in no other that you may rely on.");
            }
        }
    }

    private static List<Feed.Article> page(Connection connection, Optional<Feed.Article> last, int size) throws Exception {
        return Expect.within("A page of " + size, STUCK, () -> Feed.page(connection, last, size));
    }

    private static List<Feed.Article> walk(Connection connection, int size, int most) throws Exception {
        var all = new ArrayList<Feed.Article>();
        Optional<Feed.Article> last = Optional.empty();
        for (int pages = 0; pages <= most / size + 1; pages++) {
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

    private static List<Feed.Article> newest(Connection connection) throws SQLException {
        var all = new ArrayList<Feed.Article>();
        try (var statement = connection.createStatement(); var row = statement.executeQuery(
                "select id, created_at, title from articles order by created_at desc, id desc")) {
            while (row.next()) {
                all.add(new Feed.Article(row.getLong(1), row.getObject(2, java.time.OffsetDateTime.class), row.getString(3)));
            }
        }
        return all;
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
        try (var other = clone.app().connect(); var statement = other.createStatement(); var row = statement.executeQuery("""
                select coalesce(heap_blks_hit, 0) + coalesce(heap_blks_read, 0) + coalesce(idx_blks_hit, 0) + coalesce(idx_blks_read, 0)
                from pg_statio_user_tables where relname = 'articles'""")) {
            row.next();
            return row.getLong(1);
        }
    }
}

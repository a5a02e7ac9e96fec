import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.*;

/** Twenty thousand counters. PostgreSQL itself counts how many updates were HOT. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StillHotTest {
    private long bytes;
    private CatalogSnapshot asItWas;
    private CatalogSnapshot after;

    @Test @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        bytes = Sql.number(clone.owner(), "select pg_relation_size('app.pages')");
        asItWas = CatalogSnapshot.withRows(clone);
        AnswerMigrations.run(clone, answer);
        after = CatalogSnapshot.withRows(clone);
        Sql.execute(clone.owner(), "vacuum analyze app.pages");
    }

    @Test @Needs("runs") @Hint(2) @Promises("nothing-lost") @DisplayName("no row and no rule is lost")
    void losesNothing(Clone clone) throws SQLException {
        Expect.table("Pages, their slugs and hits", Rows.columns("pages", "slugs", "hits").row(20000, 20000, 49990000), Sql.query(clone.app(),
            "select count(*) as pages, count(distinct slug) as slugs, sum(hits) as hits from app.pages"), "What did the file do to the rows?");
        for (var twice : List.of("1, 'new', 's', 't', 0;the id", "90001, 'page-1', 's', 't', 0;the slug")) {
            Expect.sqlState("Another page with " + twice.split(";")[1] + " of the first one", "23505",
                () -> Sql.execute(clone.app(), "insert into app.pages values (" + twice.split(";")[0] + ")"), "Which rules did the table have?");
        }
        for (var none : List.of("null, 'new', 's', 't', 0", "90001, null, 's', 't', 0", "90001, 'new', null, 't', 0", "90001, 'new', 's', null, 0",
                "90001, 'new', 's', 't', null")) {
            Expect.sqlState("A page of " + none, "23502", () -> Sql.execute(clone.app(), "insert into app.pages values (" + none + ")"), "Which rules did the table have?");
        }
        Expect.nothingElseChanged("What else is new, changed or gone", asItWas, after, "Where the table is written anew, it is to be the same table.",
            "^(?!.*DEFERRABLE)(gone|changed): (constraint|index) ", "^(?!.*DEFERRABLE)new: (constraint|index) .*\\((PRIMARY KEY|UNIQUE|CREATE INDEX|CREATE UNIQUE INDEX) ", "comment on index",
            "table app\\.pages, was (.*), options .*, (row security .*), is \\1, options .*, \\2$");
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            Expect.works("New pages that are alike in all but the id and the slug, with hits of all sizes", () -> Sql.execute(app, """
                insert into app.pages select 90000 + row_number() over (), 'new-' || row_number() over (), s, t, h
                from (values ('', '', 0), ('section 7', 'A title', 2147483647), ('section 7', 'A title', -2147483648)) v (s, t, h), generate_series(1, 2)"""),
                "Which rules did the table have?");
            app.rollback();
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("size") @DisplayName("the table is not much larger")
    void keepsItsSize(Clone clone) throws SQLException {
        var now = Sql.number(clone.owner(), "select pg_relation_size('app.pages')");
        Expect.that("The size of the table", now <= bytes * 3 / 2, "at most " + bytes * 3 / 2 / 1024 + " kB", now / 1024 + " kB",
            "Every query pays for the room that is left.");
    }

    @Test @Needs("runs") @Hint(1) @Promises("found") @DisplayName("pages are found")
    void findsPages(Clone clone) throws SQLException {
        var random = RandomData.create();
        for (int page : new int[] {1, 20_000, random.number(2, 19_999)}) {
            cheap(clone, 10, "select * from app.pages where slug = 'page-" + page + "'");
        }
        cheap(clone, 60, "select title from app.pages where section = 'section " + random.number(0, 49) + "' order by title limit 20");
    }

    @Test @Needs("runs") @Hint(1) @Promises("hot") @DisplayName("nine of ten visits are HOT, from the first round on")
    void staysHot(Clone clone) throws SQLException {
        try (var connection = Sql.connect(clone.app()); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int round = 1; round <= 10; round++) {
                var before = hot(connection);
                var updates = statement.executeUpdate("update app.pages set hits = hits + 1 where id % 10 = " + round % 10);
                var hot = hot(connection) - before;
                connection.commit();
                Expect.that("HOT updates in round " + round, hot * 10 >= updates * 9L, "at least " + updates * 9 / 10 + " of " + updates, hot,
                    hot == 0 ? "Which index knows the column?" : "Is there room on the row's own page?");
            }
        }
    }

    /** Of this transaction, and of those before it that PostgreSQL has not yet added to its statistics. */
    private static long hot(Connection connection) throws SQLException {
        return ((Number) Rows.query(connection, "select n_tup_hot_upd from pg_stat_xact_user_tables where relid = 'app.pages'::regclass").values().getFirst().getFirst()).longValue();
    }

    private static void cheap(Clone clone, long pages, String sql) throws SQLException {
        var plan = QueryPlan.of(clone.app(), sql);
        Expect.that("Pages of: " + sql, plan.buffers() <= pages, "at most " + pages, plan, "Which index was made for it?");
    }
}

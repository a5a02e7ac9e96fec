import grading.*;
import java.sql.SQLException;
import java.util.List;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** Six thousand comments move to real foreign keys; then somebody comments, and deletes what was commented on. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommentsOnWhatTest {
    /** What each comment was, from its number n, as the preparation made it. */
    private static final String ONCE = """
        with once as (
          select n as id, n % 2 = 0 as of_article, 1 + n % 100 as subject, 'Comment ' || n as body,
            case when n % 2 = 0 then 1 + n % 100 <= 90 else 1 + n % 100 <= 95 end as there
          from generate_series(1, 6000) n)
        """;

    @Test @Order(1) @Hint(2) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .baselineOnMigrate(true).baselineVersion("1").locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name what is in the way.");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("comments have a column for each kind, and no type")
    void hasTheColumns(Clone clone) throws SQLException {
        Expect.equal("Columns of app.comments", List.of("article_id", "body", "id", "photo_id"), query(clone.app(), """
            select attname::text from pg_attribute
            where attrelid = 'app.comments'::regclass and attnum > 0 and not attisdropped order by attname collate "C"
            """).values().stream().map(List::getFirst).toList(), "The task names four.");
    }

    @Test @Order(3) @Needs("hasTheColumns") @Hint(2) @DisplayName("each comment is about what it was about")
    void keepsComments(Clone clone) throws SQLException {
        Expect.table("Comments whose subject exists: how many there were, and how many are as they were", counts(clone, ONCE + """
            select count(*) filter (where there), count(*) filter (where there) from once"""), counts(clone, ONCE + """
            select (select count(*) from app.comments), count(*) from once join app.comments c on c.id = once.id and c.body = once.body
              and c.article_id is not distinct from case when of_article then subject end
              and c.photo_id is not distinct from case when not of_article then subject end
            where there"""), "Id, body and subject. The ids of articles and photos overlap, and old rows spell the type in another way.");
    }

    @Test @Order(4) @Needs("hasTheColumns") @Hint(2) @DisplayName("no comment is thrown away")
    void keepsTheLost(Clone clone) throws SQLException {
        Expect.works("Reading app.lost_comments", () -> query(clone.app(),
            "select id, commentable_type, commentable_id, body from app.lost_comments"), "The task names the table and its columns.");
        Expect.table("Rows of app.lost_comments, and how many of them are as they were", counts(clone, ONCE + """
            select count(*) filter (where not there) + 10, count(*) filter (where not there), 10 from once"""), counts(clone, ONCE + """
            select (select count(*) from app.lost_comments), count(*),
              (select count(*) from app.lost_comments where commentable_type = 'Video' and body = 'Moving ' || commentable_id)
            from once join app.lost_comments l on l.id = once.id and l.body = once.body and l.commentable_id = subject
              and lower(l.commentable_type) = case when of_article then 'article' else 'photo' end
            where not there"""), "Whatever is about nothing that exists, for whatever reason.");
    }

    @Test @Order(5) @Needs("hasTheColumns") @Hint(1) @DisplayName("a comment is about exactly one thing")
    void aboutOneThing(Clone clone) {
        Expect.works("A comment on article 1", () -> comment(clone, "1, null"), "It is about one thing, which exists, and its id comes from the table.");
        Expect.works("A comment on photo 1", () -> comment(clone, "null, 1"), "It is about one thing, which exists, and its id comes from the table.");
        Expect.sqlState("A comment on nothing", "23514", () -> comment(clone, "null, null"), "How many of the two columns may be filled?");
        Expect.sqlState("A comment on two things", "23514", () -> comment(clone, "1, 1"), "How many of the two columns may be filled?");
    }

    @Test @Order(6) @Needs("aboutOneThing") @Hint(1) @DisplayName("a comment is about something that exists")
    void aboutSomethingThatExists(Clone clone) throws SQLException {
        Expect.sqlState("A comment on article 4711, which does not exist", "23503", () -> comment(clone, "4711, null"), "Who looks whether it is there?");
        Expect.sqlState("A comment on photo 4711, which does not exist", "23503", () -> comment(clone, "null, 4711"), "Who looks whether it is there?");
        Expect.table("Constraints of app.comments that PostgreSQL has not checked for the old rows", Rows.unnamed().row(0), query(clone.app(),
            "select count(*) from pg_constraint where conrelid = 'app.comments'::regclass and not convalidated"), "`not valid` is a promise to look later.");
    }

    @Test @Order(7) @Needs("aboutSomethingThatExists") @Hint(1) @DisplayName("an article takes its comments along")
    void articlesTakeThemAlong(Clone clone) throws SQLException {
        Expect.works("Deleting an article that has comments", () -> execute(clone.app(), "delete from app.articles where id = 7"), "The rules of the two kinds differ.");
        Expect.table("Comments on the article that is gone", Rows.unnamed().row(0), query(clone.app(), """
            select count(*) from app.comments where body in (select 'Comment ' || n from generate_series(6, 6000, 100) n)"""),
            "What is a comment without its article?");
    }

    @Test @Order(8) @Needs("aboutSomethingThatExists") @Hint(1) @DisplayName("a photo that has comments stays")
    void photosStay(Clone clone) throws SQLException {
        var answer = "no error at all";
        try {
            execute(clone.app(), "delete from app.photos where id = 8");
        } catch (SQLException e) {
            answer = "SQLSTATE " + e.getSQLState();
        }
        // PostgreSQL 18 has a code of its own for `restrict`.
        Expect.that("Deleting a photo that has comments", List.of("SQLSTATE 23503", "SQLSTATE 23001").contains(answer), "SQLSTATE 23503, or 23001",
            answer, "The rules of the two kinds differ.");
    }

    @Test @Order(9) @Needs({"articlesTakeThemAlong", "photosStay"}) @Hint(2) @DisplayName("deleting does not read all comments")
    void deletesWithoutReading(Clone clone) throws SQLException {
        for (var kind : List.of("article", "photo")) {
            try (var connection = clone.app().connect(); var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("delete from app." + kind + "s where id in (2001, 2002)");
                var scans = Rows.query(connection, "select seq_tup_read from pg_stat_xact_user_tables where relid = 'app.comments'::regclass");
                connection.rollback();
                Expect.table("Comments that PostgreSQL reads one after the other to delete a" + (kind.equals("article") ? "n " : " ") + kind + " without any",
                    Rows.unnamed().row(0), scans, "It looks for comments by the column of the foreign key. Which index begins with it?");
            }
        }
        Expect.that("Indexes of app.comments", number(clone, "select count(*) from pg_index where indrelid = 'app.comments'::regclass") == 3,
            "three: one for the id, one for each kind", number(clone, "select count(*) from pg_index where indrelid = 'app.comments'::regclass"),
            "Each is paid for at every insert.");
    }

    private static void comment(Clone clone, String about) throws SQLException {
        execute(clone.app(), "insert into app.comments (article_id, photo_id, body) values (" + about + ", 'Splendid')");
    }

    private static Rows counts(Clone clone, String sql) throws SQLException {
        return new Rows(List.of(), query(clone.app(), sql).values());
    }

    private static long number(Clone clone, String sql) throws SQLException {
        return ((Number) query(clone.app(), sql).values().getFirst().getFirst()).longValue();
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Rows query(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            return Rows.query(connection, sql);
        }
    }
}

import grading.*;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.*;

/** Thousands of comments move to real foreign keys; then somebody comments, and deletes what was commented on. */
class CommentsOnWhatTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Right answers read four at most, the table has more than forty. */
    private static final long FEW_PAGES = 12;
    /** What each comment of before is about, as it should be now. */
    private static final String ONCE = """
        with once as (
          select c.*, a.id as article_id, p.id as photo_id from kept.comments c
          left join kept.articles a on commentable_type in ('Article', 'article') and a.id = commentable_id
          left join kept.photos p on commentable_type in ('Photo', 'photo') and p.id = commentable_id)
        """;

    @Test @Hint(2) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        prepare(clone);
        AnswerMigrations.run(clone, answer);
    }

    /** Comments that were deleted, some that are new, of all kinds and with strange bodies, those with the highest ids about nothing. All is kept as it was. */
    private static void prepare(Clone clone) throws SQLException {
        var random = RandomData.create();
        try (var owner = Sql.connect(clone.owner());
             var insert = owner.prepareStatement("insert into app.comments (commentable_type, commentable_id, body) values (?, ?, ?)")) {
            Sql.execute(owner, "insert into app.articles values (3000000001, 'Many'), (0, 'None'), (-1, 'Less'); insert into app.photos values (3000000001, 'Many'), (0, 'None'), (-1, 'Less'); "
                + "delete from app.comments where commentable_id = 40 or id % " + random.number(11, 19) + " = 3");
            for (var body : EdgeData.texts()) {
                for (var subject : List.of((long) random.number(1, 120), random.oneOf(List.of(3_000_000_001L, 0L, -1L, Long.MAX_VALUE)))) {
                    insert.setString(1, random.oneOf(List.of("Article", "article", "Photo", "photo", "Video", "ArticleDraft", "Photobook", "User", "")));
                    insert.setLong(2, subject == 40 ? 41 : subject);
                    insert.setString(3, body);
                    insert.addBatch();
                }
            }
            for (int i = 0; i < 30; i++) {
                insert.setString(1, i % 2 == 0 ? "Article" : "photo");
                insert.setLong(2, 500 + i);
                insert.setString(3, "The last of all");
                insert.addBatch();
            }
            insert.executeBatch();
            Sql.execute(owner, """
                create schema kept;
                create table kept.comments as select * from app.comments; create table kept.articles as select * from app.articles;
                create table kept.photos as select * from app.photos;
                insert into app.comments (commentable_type, commentable_id, body) select 'Article', 1, 'Gone long ago' from generate_series(1, 7);
                create table kept.given as select max(id) as id from app.comments; delete from app.comments where body = 'Gone long ago'; analyze""");
        }
    }

    @Test @Needs("runs") @Hint(1) @Promises("columns") @DisplayName("comments have a column for each kind, and no type")
    void hasTheColumns(Clone clone) throws SQLException {
        Expect.equal("Columns of app.comments", List.of("article_id", "body", "id", "photo_id"), columns(clone, "comments"), "The task names four.");
    }

    private static List<Object> columns(Clone clone, String table) throws SQLException {
        return Sql.query(clone.owner(), """
            select attname::text from pg_attribute a join pg_class c on c.oid = attrelid
            where relnamespace = 'app'::regnamespace and relname = ? and attnum > 0 and not attisdropped order by attname collate "C"
            """, table).values().stream().map(List::getFirst).toList();
    }

    @Test @Needs("hasTheColumns") @Hint(2) @Promises("kept") @DisplayName("each comment is about what it was about")
    void keepsComments(Clone clone) throws SQLException {
        Expect.equal("Comments whose subject exists, and which are not there as they were", List.of(), Sql.query(clone.owner(), ONCE + """
            select format('comment %s on %s %s is %s', once.id, commentable_type, commentable_id, case when c.id is null then 'not there'
              else format('on article %s, photo %s, and says %s', coalesce(c.article_id::text, 'NULL'), coalesce(c.photo_id::text, 'NULL'), left(c.body, 30)) end)
            from once left join app.comments c on c.id = once.id
            where num_nonnulls(once.article_id, once.photo_id) = 1
              and (c.id is null or (c.article_id, c.photo_id, c.body) is distinct from (once.article_id, once.photo_id, once.body))
            order by once.id limit 1""").values(), "Both tables have an article or a photo with the same id, and there are two spellings.");
        Expect.equal("Comments in app.comments that should not be there", List.of(), Sql.query(clone.owner(), ONCE + """
            select format('comment %s, once on %s %s', c.id, commentable_type, commentable_id) from app.comments c left join once on c.id = once.id
            where once.id is null or num_nonnulls(once.article_id, once.photo_id) = 0 order by c.id limit 1""").values(), "They are about nothing that exists.");
        Expect.equal("How many comments there are", Sql.number(clone.owner(), ONCE + "select count(*) from once where num_nonnulls(article_id, photo_id) = 1"),
            Sql.number(clone.owner(), "select count(*) from app.comments"), "Each is there once.");
    }

    @Test @Needs("hasTheColumns") @Hint(2) @Promises("lost") @DisplayName("the comments on nothing are kept elsewhere")
    void keepsTheLost(Clone clone) throws SQLException {
        Expect.equal("Columns of app.lost_comments", List.of("body", "commentable_id", "commentable_type", "id"), columns(clone, "lost_comments"), "The four that the comments had.");
        Expect.equal("Lost comments that are not in app.lost_comments as they were", List.of(), Sql.query(clone.owner(), ONCE + """
            select format('comment %s on %s %s is %s', once.id, commentable_type, commentable_id, coalesce((select format('on %s %s, and says %s',
              min(l.commentable_type), min(l.commentable_id), left(min(l.body), 30)) from app.lost_comments l where l.id = once.id having count(*) > 0), 'not there'))
            from once where num_nonnulls(article_id, photo_id) = 0
              and (id, commentable_type, commentable_id, body) not in (select id, commentable_type, commentable_id, body from app.lost_comments) order by id limit 1""").values(),
            "Whatever is about nothing that exists, for whatever reason, letter for letter.");
        Expect.equal("How many comments are in app.lost_comments", Sql.number(clone.owner(), ONCE + "select count(*) from once where num_nonnulls(article_id, photo_id) = 0"),
            Sql.number(clone.owner(), "select count(*) from app.lost_comments"), "Each is there once, and no other.");
    }

    @Test @Needs("hasTheColumns") @Hint(2) @Promises("new-ids") @DisplayName("new comments get new ids")
    void newIds(Clone clone) throws SQLException {
        for (int i = 0; i < 3; i++) {
            Expect.works("A comment on article 1", () -> comment(clone, "1, null"), "It is about one thing, which exists, and its id comes from the table.");
        }
        Expect.equal("New comments that have the id of an older one", List.of(), Sql.query(clone.owner(),
            "select 'comment ' || id from app.comments where body = 'Splendid' and id <= (select id from kept.given) order by 1 limit 1").values(),
            "Where does it go on counting? The ids of lost comments count, and of those that were deleted long ago.");
        Sql.execute(clone.owner(), "delete from app.comments where body = 'Splendid'");
    }

    @Test @Needs("newIds") @Hint(1) @Promises("one-thing") @DisplayName("a comment is about exactly one thing")
    void aboutOneThing(Clone clone) throws SQLException {
        var lookAt = "How many of the two columns may be filled?";
        Sql.execute(clone.owner(), "insert into app.comments (article_id, body) values (1, 'Changes its mind')");
        for (var about : List.of("1, null", "null, 1", "3000000001, null", "null, 3000000001", "0, null", "null, -1")) {
            Expect.works("A comment on article and photo: " + about, () -> comment(clone, about), "It is about one thing, which exists.");
        }
        Expect.sqlState("A comment on nothing", "23514", () -> comment(clone, "null, null"), lookAt);
        Expect.sqlState("A comment on two things", "23514", () -> comment(clone, "1, 1"), lookAt);
        Expect.sqlState("A comment on two things", "23514", () -> comment(clone, "0, 2"), lookAt);
        Expect.sqlState("A comment of before, afterwards on nothing", "23514", () -> change(clone, "article_id = null"), lookAt);
        Expect.sqlState("A comment of before, afterwards on two things", "23514", () -> change(clone, "photo_id = 1"), lookAt);
        Expect.works("A comment on an article that moves to a photo and back", () -> {
            change(clone, "article_id = null, photo_id = 1");
            change(clone, "article_id = 1, photo_id = null");
        }, "It is always about one thing.");
    }

    @Test @Needs("aboutOneThing") @Hint(1) @Promises("exists") @DisplayName("a comment is about something that exists")
    void aboutSomethingThatExists(Clone clone) throws SQLException {
        var lookAt = "Who looks whether it is there?";
        Expect.sqlState("A comment on article 4711, which does not exist", "23503", () -> comment(clone, "4711, null"), lookAt);
        Expect.sqlState("A comment on photo 4711, which does not exist", "23503", () -> comment(clone, "null, 4711"), lookAt);
        Expect.sqlState("A comment on photo 92's number among the articles, where there is none", "23503", () -> comment(clone, "92, null"), lookAt);
        Expect.sqlState("A comment of before, moved to article 4711, which does not exist", "23503", () -> change(clone, "article_id = 4711"), lookAt);
        Expect.sqlState("A comment of before, moved to photo 4711, which does not exist", "23503", () -> change(clone, "article_id = null, photo_id = 4711"), lookAt);
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            for (var subject : List.of("4711, null", "null, 4711")) {
                Expect.sqlState("A comment on what does not exist, at the insert, before any commit", "23503",
                    () -> Sql.execute(app, "insert into app.comments (article_id, photo_id, body) values (" + subject + ", 'Hm')"), lookAt);
                app.rollback();
            }
        }
        Expect.equal("Constraints of app.comments that PostgreSQL has not checked for the old rows", List.of(), Sql.query(clone.owner(),
            "select conname from pg_constraint where conrelid = 'app.comments'::regclass and not convalidated").values(), "`not valid` is a promise to look later.");
    }

    @Test @Needs("aboutSomethingThatExists") @Hint(1) @Promises("article-takes") @DisplayName("an article takes its comments along")
    void articlesTakeThemAlong(Clone clone) throws SQLException {
        var others = Sql.number(clone.owner(), "select count(*) from app.comments where article_id is distinct from 7 and article_id is distinct from 9");
        Expect.works("Deleting two articles that have comments", () -> Sql.execute(clone.app(), "delete from app.articles where id in (7, 9)"), "The rules of the two kinds differ.");
        Expect.equal("How many comments are left after that", others, Sql.number(clone.owner(), "select count(*) from app.comments"), "What is a comment without its article? Those on others stay.");
    }

    @Test @Needs("aboutSomethingThatExists") @Hint(1) @Promises("photo-stays") @DisplayName("a photo that has comments stays")
    void photosStay(Clone clone) throws SQLException {
        var lookAt = "The rules of the two kinds differ.";
        Expect.works("Deleting a photo that has no comments", () -> Sql.execute(clone.app(), "delete from app.photos where id = 2002"), lookAt);
        for (var photos : List.of("= 8", "in (2001, 8)")) {
            var end = "no error at all";
            try {
                Sql.execute(clone.app(), "delete from app.photos where id " + photos);
            } catch (SQLException e) {
                end = "SQLSTATE " + e.getSQLState() + ", " + e.getMessage();
            }
            Expect.that("Deleting photos, of which one has comments", end.startsWith("SQLSTATE 23"), "an SQLSTATE of class 23, as constraints have", end, lookAt);
        }
    }

    @Test @Needs({"articlesTakeThemAlong", "photosStay"}) @Hint(2) @Promises("no-scan") @DisplayName("deleting does not read all comments")
    void deletesWithoutReading(Clone clone) throws SQLException {
        var lookAt = "It looks for comments by the column of the foreign key. Which index begins with it?";
        for (var kind : List.of("article", "photo")) {
            try (var connection = Sql.connect(clone.app())) {
                connection.setAutoCommit(false);
                Sql.execute(connection, "delete from app." + kind + "s where id in (2001, 40)");
                var scans = Rows.query(connection, "select seq_tup_read from pg_stat_xact_user_tables where relid = 'app.comments'::regclass");
                connection.rollback();
                Expect.table("Comments that PostgreSQL reads one after the other to delete two " + kind + "s without any", Rows.unnamed().row(0), new Rows(List.of(), scans.values()), lookAt);
                for (var id : List.of(40, 2001)) {
                    var plan = QueryPlan.of(connection, "select from only app.comments where " + kind + "_id = ? for key share", id);
                    connection.rollback();
                    Expect.that("Looking for comments on " + kind + " " + id + ", as PostgreSQL does for what is deleted", plan.buffers() <= FEW_PAGES, "at most " + FEW_PAGES + " pages", plan, lookAt);
                }
            }
        }
    }

    @Test @Needs("deletesWithoutReading") @Hint(2) @Promises("three-indexes") @DisplayName("there are three indexes")
    void threeIndexes(Clone clone) throws SQLException {
        var indexes = Sql.query(clone.owner(), "select indexdef from pg_indexes where schemaname = 'app' and tablename = 'comments' order by indexdef").values();
        Expect.that("Indexes of app.comments", indexes.size() == 3, "three: one for the id, one for each kind", indexes, "Each is paid for at every insert.");
    }

    @Test @Fresh @Needs("threeIndexes") @Hint(2) @Promises("lost") @DisplayName("a comment that is written while the migration begins is not thrown away")
    void losesNothingMeanwhile(Clone clone, Answer answer) throws Exception {
        try (var writer = Sql.connect(clone.app()); var observer = Sql.connect(clone.observer())) {
            writer.setAutoCommit(false);
            Sql.execute(writer, "insert into app.comments (commentable_type, commentable_id, body) values ('Article', 987654, 'At the last moment')");
            var migrating = Task.start(() -> {
                AnswerMigrations.run(clone, answer);
                return "done";
            });
            Task.until(PATIENCE, () -> migrating.isDone() || !Rows.query(observer, "select from pg_stat_activity where ? = any (pg_blocking_pids(pid))", Sql.pid(writer)).values().isEmpty());
            writer.commit();
            if (!migrating.outcome(PATIENCE).toString().equals("done")) { // it was taken back, and nothing is lost
                Expect.works("The migration, when it runs again after it had failed because somebody wrote a comment", () -> AnswerMigrations.run(clone, answer), "Nobody is in its way now.");
            }
        }
        Expect.equal("Where the comment is that was written meanwhile, about an article that does not exist", 1L,
            Sql.number(clone.owner(), "select count(*) from app.lost_comments where body = 'At the last moment'"),
            "Which statement reads the comments, and which one keeps others from writing more of them?");
    }

    @Test @Fresh @Needs("threeIndexes") @Hint(2) @Promises("nothing-else") @DisplayName("nothing else has changed")
    void nothingElse(Clone clone, Answer answer) throws SQLException {
        var fresh = CatalogSnapshot.withRows(clone);
        AnswerMigrations.run(clone, answer);
        Expect.nothingElseChanged("What is different after the migration, and should not be", fresh, CatalogSnapshot.withRows(clone),
            "The task asks for other columns of app.comments, with their constraints and indexes, and for app.lost_comments.",
            "^new: column app\\.comments\\.(article|photo)_id ", "^gone: column app\\.comments\\.commentable_(type|id) ", "^(new|gone|changed): constraint .* on app\\.(lost_)?comments\\b",
            "^(new|gone|changed): index .* ON app\\.(lost_)?comments ", "^new: (table|column) app\\.lost_comments\\b", "^(new|gone): sequence app\\.\\w*comments\\w* ",
            "rows of app\\.(lost_)?comments\\b", "^new: comment on ");
        Expect.table("Columns of the primary key of app.comments", Rows.unnamed().row("id"), new Rows(List.of(), Sql.query(clone.owner(), """
            select attname::text from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey) where indrelid = 'app.comments'::regclass and indisprimary""").values()),
            "Its id is still what it is known by.");
    }

    private static void comment(Clone clone, String about) throws SQLException {
        Sql.execute(clone.app(), "insert into app.comments (article_id, photo_id, body) values (" + about + ", 'Splendid')");
    }

    private static void change(Clone clone, String set) throws SQLException {
        Sql.execute(clone.app(), "update app.comments set " + set + " where body = 'Changes its mind'");
    }
}

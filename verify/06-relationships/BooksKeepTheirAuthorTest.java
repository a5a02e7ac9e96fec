import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.*;

/** A publisher's program deletes authors, adds books, and finds out what the migrated table promises. */
class BooksKeepTheirAuthorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final String CLASS_23 = "an SQLSTATE of class 23";
    /** Right answers read four at most, the table has more than a hundred. */
    private static final long FEW_PAGES = 12;
    private static final String BOOKS_READ = "select seq_tup_read from pg_stat_xact_user_tables where relid = 'app.books'::regclass";
    private static final String LOOKS_FOR_BOOKS = "select from only app.books where author_id = ? for key share";
    private static CatalogSnapshot before;

    @Test @Hint(2) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        prepare(clone);
        before = CatalogSnapshot.withRows(clone);
        AnswerMigrations.run(clone, answer);
    }

    /** Anonymous is somebody else, others are called almost so, some books more have an author or none, and how it was is kept. */
    private static void prepare(Clone clone) throws SQLException {
        var random = RandomData.create();
        try (var owner = Sql.connect(clone.owner()); var author = owner.prepareStatement("update app.authors set name = ? where id = ?");
             var book = owner.prepareStatement("insert into app.books (title, author_id) values (?, ?)")) {
            var names = List.of("Author CXXXVII", "anonymous", "ANONYMOUS", " Anonymous", "Anonymous ", "Anonymous Bosch", "Anonymous");
            var ids = List.of(137, 3, 202, 5, 203, 7, random.number(70, 136));
            for (int i = 0; i < names.size(); i++) {
                author.setString(1, names.get(i));
                author.setInt(2, ids.get(i));
                author.addBatch();
            }
            author.executeBatch();
            for (var title : EdgeData.texts()) {
                if (title.length() < 1000) {
                    book.setString(1, title);
                    book.setObject(2, random.coin() ? null : random.number(1, 200), java.sql.Types.BIGINT);
                    book.addBatch();
                }
            }
            book.executeBatch();
            Sql.execute(owner, "delete from app.books where id % 50 = 0 and id > 15000; update app.books set author_id = 61 where author_id = 60; create schema kept; create table kept.books as select * from app.books; "
                + "alter table kept.books add primary key (id); create table kept.authors as select * from app.authors; "
                + "create table app.prizes (author_id bigint references app.authors (id) on delete cascade, book_id bigint references app.books (id), title text not null check (title <> '')); "
                + "insert into app.prizes values (1, 1, 'Best of the year'); analyze app.books, app.authors");
        }
    }

    @Test @Needs("runs") @Hint(2) @Promises("no-book-lost") @DisplayName("no book is lost, and none changes hands without need")
    void keepsBooks(Clone clone) throws SQLException {
        Expect.equal("Books that are lost", List.of(), Sql.query(clone.owner(),
            "select 'book ' || id from kept.books where id not in (select id from app.books) order by id limit 1").values(), "Which books does your migration touch?");
        Expect.equal("Books that were not there before", List.of(), Sql.query(clone.owner(),
            "select 'book ' || id from app.books where id not in (select id from kept.books) order by id limit 1").values(), "Which books does your migration touch?");
        Expect.equal("Books that had an author and are not as they were", List.of(), Sql.query(clone.owner(), """
            select format('book %s was of author %s, is of author %s', was.id, was.author_id, now.author_id) from kept.books was join app.books now using (id)
            where now.title <> was.title or was.author_id is not null and now.author_id is distinct from was.author_id order by id limit 1""").values(),
            "Which books does your update touch?");
    }

    @Test @Needs("runs") @Hint(2) @Promises("anonymous") @DisplayName("books without an author belong to Anonymous")
    void orphansBelongToAnonymous(Clone clone) throws SQLException {
        Expect.table("Authors of the books that had none, and how many", Rows.columns("name", "books")
            .row("Anonymous", Sql.number(clone.owner(), "select count(*) from kept.books where author_id is null")), Sql.query(clone.owner(), """
            select a.name, count(*) as books from kept.books was join app.books b using (id) left join app.authors a on a.id = b.author_id
            where was.author_id is null group by a.name order by a.name"""), "The task says whose they are. Others have names that look like it.");
    }

    @Test @Needs("runs") @Hint(2) @Promises("has-an-author") @DisplayName("a book needs an author who exists")
    void needsAnAuthor(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            refused("A new book without an author", app, "insert into app.books (title, author_id) values ('Beowulf', null)", "A foreign key says nothing about null.");
            refused("A new book of which no author is said", app, "insert into app.books (title) values ('Beowulf')", "A foreign key says nothing about null.");
            refused("An old book, after: set author_id = null", app, "update app.books set author_id = null where id = 1", "It must hold for updates, too.");
            refused("A new book of author 4711, who does not exist", app, "insert into app.books (title, author_id) values ('Ghosts', 4711)", "Is there still a foreign key?");
            refused("An old book, after: set author_id = 4711", app, "update app.books set author_id = 4711 where id = 1", "Is there still a foreign key?");
            Expect.works("A book of an author who exists, which gets another one", () -> Sql.execute(app, "insert into app.books (title, author_id) values ('Sonnets', 1); "
                + "update app.books set author_id = 2 where title = 'Sonnets'; delete from app.books where title = 'Sonnets'"), "That is what the program does all day.");
        }
    }

    @Test @Needs("runs") @Hint(1) @Promises("keeps-authors") @DisplayName("an author with books cannot be deleted")
    void refusesToDelete(Clone clone) throws SQLException {
        var lookAt = "Which rule does the foreign key have that is left, and what became of the books?";
        try (var app = Sql.connect(clone.app())) {
            refused("Deleting an author who has a hundred books", app, "delete from app.authors where id = 8", lookAt);
            refused("Deleting Anonymous, who has books", app, "delete from app.authors where name = 'Anonymous'", lookAt);
            refused("Deleting two authors, one of whom has books", app, "delete from app.authors where id in (8, 250)", lookAt);
            Sql.execute(app, "insert into app.books (title, author_id) values ('First and last', 251)");
            refused("Deleting an author who has one book", app, "delete from app.authors where id = 251", lookAt);
            Sql.execute(app, "delete from app.books where title = 'First and last'");
        }
    }

    @Test @Needs("refusesToDelete") @Hint(1) @Promises("keeps-authors") @DisplayName("an author without books can be deleted")
    void deletesAuthorsWithoutBooks(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            var lookAt = "Nobody points at this author.";
            Expect.works("Deleting an author without books", () -> Sql.execute(app, "delete from app.authors where id = 250"), lookAt);
            Expect.works("Deleting an author whose book was deleted", () -> Sql.execute(app, "delete from app.authors where id = 251"), lookAt);
            Expect.works("Deleting Anonymous, after somebody else has got all of those books", () -> Sql.execute(app, "begin; update app.books set author_id = 1 "
                + "where author_id = (select id from app.authors where name = 'Anonymous'); delete from app.authors where name = 'Anonymous'; rollback"), lookAt);
        }
    }

    @Test @Needs("refusesToDelete") @Hint(1) @Promises("keeps-authors") @DisplayName("an author whose first book is being written stays")
    void staysForTheFirstBook(Clone clone) throws Exception {
        try (var app = Sql.connect(clone.app()); var writer = Sql.connect(clone.app())) {
            writer.setAutoCommit(false);
            Sql.execute(writer, "insert into app.books (title, author_id) values ('At last', 252)");
            var deleting = Task.start(() -> end(app, "delete from app.authors where id = 252"));
            deleting.waitsForLock(clone, Sql.pid(app), PATIENCE);
            writer.commit();
            var end = deleting.outcome(PATIENCE).toString();
            Expect.that("Deleting an author, while somebody writes the first book", end.startsWith("SQLSTATE 23"), CLASS_23, end, "Who looks for books must see those that come at the same moment.");
            Expect.table("That book", Rows.unnamed().row(1), new Rows(List.of(), Sql.query(clone.app(), "select count(*) from app.books where title = 'At last'").values()), "It keeps its author.");
            Sql.execute(writer, "delete from app.books where title = 'At last'; commit");
        }
    }

    @Test @Needs("runs") @Hint(1) @Promises("one-foreign-key") @DisplayName("there is exactly one foreign key, and it holds for all books")
    void oneForeignKey(Clone clone) throws SQLException {
        var keys = Sql.query(clone.owner(), """
            select format('%s, %s', conname, pg_get_constraintdef(oid)) from pg_constraint where conrelid = 'app.books'::regclass and contype = 'f' order by 1""").values();
        Expect.that("Foreign keys of app.books", keys.size() == 1, "one", keys, "The recipe made two. Which ones are there now?");
        Expect.table("What the foreign key says of an author whose id changes", Rows.unnamed().row("a"), new Rows(List.of(), Sql.query(clone.owner(),
            "select case when confupdtype = 'r' then 'a' else confupdtype::text end from pg_constraint where conrelid = 'app.books'::regclass and contype = 'f'").values()),
            "It was refused (a: no action) as long as there are books, and nobody has asked for another rule.");
        Expect.equal("Constraints of app.books that PostgreSQL has not checked for the old rows", List.of(), Sql.query(clone.owner(),
            "select conname from pg_constraint where conrelid = 'app.books'::regclass and not convalidated").values(), "`not valid` is a promise to look later.");
    }

    @Test @Needs("deletesAuthorsWithoutBooks") @Hint(2) @Promises("no-scan") @DisplayName("deleting an author does not read all books")
    void deletesWithoutReading(Clone clone) throws SQLException {
        var lookAt = "It has to prove that no book points at them. What would make that a look-up?";
        try (var connection = Sql.connect(clone.app())) {
            connection.setAutoCommit(false);
            Sql.execute(connection, "delete from app.authors where id between 260 and 275 or id = 60");
            var read = Rows.query(connection, BOOKS_READ);
            connection.rollback();
            Expect.table("Books that PostgreSQL reads one after the other to delete seventeen authors who have none", Rows.columns("seq_tup_read").row(0), read, lookAt);
            Sql.execute(connection, "update app.books set author_id = 1 where author_id = (select id from app.authors where name = 'Anonymous')");
            var before = Rows.query(connection, BOOKS_READ);
            Sql.execute(connection, "delete from app.authors where name = 'Anonymous'");
            var after = Rows.query(connection, BOOKS_READ);
            connection.rollback();
            Expect.table("Books that PostgreSQL has read one after the other before and after Anonymous is deleted, who has none any more", before, after, lookAt);
            for (var author : List.of(60, 260, 300)) {
                var plan = QueryPlan.of(connection, LOOKS_FOR_BOOKS, author);
                connection.rollback();
                Expect.that("Looking for a book of author " + author + ", as PostgreSQL does for who is deleted", plan.buffers() <= FEW_PAGES, "at most " + FEW_PAGES + " pages", plan, lookAt);
            }
        }
    }

    @Test @Needs("deletesWithoutReading") @Hint(2) @Promises("two-indexes") @DisplayName("no index is there twice")
    void noIndexTwice(Clone clone) throws SQLException {
        var indexes = Sql.query(clone.owner(), "select indexdef from pg_indexes where schemaname = 'app' and tablename = 'books' order by indexdef").values();
        Expect.that("Indexes of app.books", indexes.size() == 2, "two, one for the id and one for an author's books", indexes, "One serves all that ask for an author's books.");
    }

    @Test @Needs({"noIndexTwice", "oneForeignKey", "staysForTheFirstBook"}) @Hint(2) @Promises("nothing-else") @DisplayName("nothing else has changed")
    void nothingElse(Clone clone) throws SQLException {
        Expect.nothingElseChanged("What is different after the migration, and should not be", before, CatalogSnapshot.withRows(clone),
            "The task asks for constraints of app.books, an index and some authors of books.",
            "^(new|gone|changed): constraint (?!books_pkey).* on app\\.books[ ,]", "^new: index .* ON app\\.books ", "rows of app\\.(books|authors),", "^new: comment on ",
            "^changed: column app\\.books\\.author_id, was bigint, (default .*), is bigint, not null, \\1$");
        var rules = Sql.number(clone.owner(), """
            select attnotnull::int + (select count(*) from pg_constraint where conrelid = attrelid and contype = 'c')
            from pg_attribute where attrelid = 'app.books'::regclass and attname = 'author_id'""");
        Expect.that("Rules that say that a book has an author", rules <= 1, "one", rules, "What helped on the way, and is needed no more?");
        Expect.equal("Authors who are not as they were", List.of(), Sql.query(clone.owner(), """
            select format('%s is %s', was.name, coalesce(now.name, 'gone')) from kept.authors was full join app.authors now using (id)
            where now.name is distinct from was.name and id not in (250, 251) order by id limit 1""").values(), "Authors stay as they are.");
    }

    @Test @Needs("nothingElse") @Hint(2) @Promises("nothing-else") @DisplayName("a long title fits as before")
    void longTitles(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            Expect.works("A book with a title of 6400 letters", () -> Sql.execute(app, """
                insert into app.books (title, author_id) select string_agg(md5(i::text), ''), 1 from generate_series(1, 200) i;
                delete from app.books where length(title) = 6400"""), "What has to fit into an entry of your index?");
        }
    }

    private static void refused(String what, Connection app, String sql, String lookAt) {
        var end = end(app, sql);
        Expect.that(what, end.startsWith("SQLSTATE 23"), CLASS_23, end, lookAt);
    }

    private static String end(Connection app, String sql) {
        try {
            Sql.execute(app, sql);
            return "no error at all";
        } catch (SQLException e) {
            return "SQLSTATE " + e.getSQLState() + ", " + e.getMessage();
        }
    }
}

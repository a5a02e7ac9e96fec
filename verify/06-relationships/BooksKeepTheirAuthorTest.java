import grading.*;
import java.sql.SQLException;
import java.util.List;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** A publisher's program deletes authors, adds books, and finds out what the migrated table promises. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BooksKeepTheirAuthorTest {
    private static final long BOOKS = 20_000;

    @Test @Order(1) @Hint(2) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .baselineOnMigrate(true).baselineVersion("1").locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name what is in the way.");
    }

    @Test @Order(2) @Needs("runs") @Hint(2) @DisplayName("no book is lost, and none changes hands without need")
    void keepsBooks(Clone clone) throws SQLException {
        Expect.table("Books after the migration, and how many of those that had an author still have the same",
            Rows.columns("books", "same").row(BOOKS, BOOKS - BOOKS / 50), query(clone.app(), """
                select count(*) as books, count(*) filter (where id % 50 <> 0 and author_id = 1 + id % 200) as same from app.books"""),
            "Which books does your update touch?");
    }

    @Test @Order(3) @Needs("runs") @Hint(2) @DisplayName("books without an author belong to Anonymous")
    void orphansBelongToAnonymous(Clone clone) throws SQLException {
        Expect.table("Authors of the books that had none", Rows.columns("name", "books").row("Anonymous", BOOKS / 50), query(clone.app(), """
            select a.name, count(*) as books from app.books b left join app.authors a on a.id = b.author_id
            where b.id % 50 = 0 group by a.name"""), "The task says whose they are.");
    }

    @Test @Order(4) @Needs("runs") @Hint(2) @DisplayName("a new book needs an author who exists")
    void needsAnAuthor(Clone clone) {
        Expect.sqlState("A book without an author", "23502", () -> execute(clone.app(),
            "insert into app.books (title, author_id) values ('Beowulf', null)"), "A foreign key says nothing about null.");
        Expect.sqlState("A book of author 4711, who does not exist", "23503", () -> execute(clone.app(),
            "insert into app.books (title, author_id) values ('Ghosts', 4711)"), "Is there still a foreign key?");
    }

    @Test @Order(5) @Needs("runs") @Hint(1) @DisplayName("an author with books cannot be deleted")
    void refusesToDelete(Clone clone) throws SQLException {
        var answer = "no error at all";
        try {
            execute(clone.app(), "delete from app.authors where name = 'Author 7'");
        } catch (SQLException e) {
            answer = "SQLSTATE " + e.getSQLState();
        }
        // PostgreSQL 18 has a code of its own for `restrict`.
        Expect.that("Deleting an author who has a hundred books", List.of("SQLSTATE 23503", "SQLSTATE 23001").contains(answer),
            "SQLSTATE 23503, or 23001", answer, "Which rule does the foreign key have that is left, and what became of the books?");
    }

    @Test @Order(6) @Needs("refusesToDelete") @Hint(1) @DisplayName("an author without books can be deleted")
    void deletesAuthorsWithoutBooks(Clone clone) {
        Expect.works("Deleting an author without books", () -> execute(clone.app(), "delete from app.authors where name = 'Author 250'"),
            "Nobody points at this author.");
    }

    @Test @Order(7) @Needs("runs") @Hint(1) @DisplayName("there is exactly one foreign key, and it holds for all books")
    void oneForeignKey(Clone clone) throws SQLException {
        Expect.table("Foreign keys of app.books, and whether PostgreSQL has checked the old rows", Rows.unnamed().row(1, true),
            query(clone.app(), """
                select count(*), bool_and(convalidated) from pg_constraint
                where conrelid = 'app.books'::regclass and contype = 'f'"""), "The recipe made two. Which ones are there now?");
    }

    @Test @Order(8) @Needs("deletesAuthorsWithoutBooks") @Hint(2) @DisplayName("deleting an author does not read all books")
    void deletesWithoutReading(Clone clone) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("delete from app.authors where name in ('Author 251', 'Author 252')");
            var read = Rows.query(connection, "select seq_tup_read from pg_stat_xact_user_tables where relid = 'app.books'::regclass");
            connection.rollback();
            Expect.table("Books that PostgreSQL reads to delete two authors who have none", Rows.columns("seq_tup_read").row(0), read,
                "It has to prove that no book points at them. What would make that a look-up?");
        }
    }

    @Test @Order(9) @Needs("deletesWithoutReading") @Hint(2) @DisplayName("no index is there twice")
    void noIndexTwice(Clone clone) throws SQLException {
        Expect.table("Indexes of app.books that begin with author_id", Rows.columns("count").row(1), query(clone.app(), """
            select count(*) from pg_index where indrelid = 'app.books'::regclass
            and indkey[0] = (select attnum from pg_attribute where attrelid = 'app.books'::regclass and attname = 'author_id')"""),
            "One serves all that ask for an author's books.");
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

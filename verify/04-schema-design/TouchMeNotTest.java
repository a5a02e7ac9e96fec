import grading.*;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** A program writes, and after each update the dates are looked at. All rows of before are of the beginning of 2026. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TouchMeNotTest {
    private static final Map<String, String> CHANGES = new LinkedHashMap<>();
    private static final Map<String, String> NO_CHANGES = new LinkedHashMap<>();

    static {
        CHANGES.put("articles 1", "title = 'Another'");
        CHANGES.put("articles 2", "body = 'Another'");
        CHANGES.put("articles 3", "body = 'The first, where there was NULL'");
        CHANGES.put("articles 4", "body = null");
        CHANGES.put("articles 5", "title = 'Both', views = views + 1");
        CHANGES.put("authors 1", "name = 'Another'");
        NO_CHANGES.put("articles 11", "title = title, body = body");
        NO_CHANGES.put("articles 12", "title = 'Article 12', body = 'Body 12'");
        NO_CHANGES.put("articles 13", "views = views + 1");
        NO_CHANGES.put("authors 3", "name = name");
    }

    @Test @Order(1) @Hint(1) @DisplayName("the migration runs, and touches no row")
    void runs(Clone clone, Answer answer) throws SQLException {
        migrate(clone, answer);
        Expect.table("Articles and authors with the dates they had", Rows.columns("count").row(25), query(clone, """
            select count(*) from (select * from (select created_at, updated_at from app.articles
              union all select created_at, updated_at from app.authors) both_tables
            where created_at = '2026-01-01 12:00Z' and updated_at = created_at) kept"""), "A trigger is for what comes.");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("a change moves updated_at of its row, and of no other")
    void changesMove(Clone clone) throws SQLException {
        for (var change : CHANGES.entrySet()) {
            var at = change.getKey().split(" ");
            Expect.works("The program updates " + change.getKey() + ": " + change.getValue(),
                () -> execute(clone, update(at, change.getValue())), "The program may write what is not a date.");
            Expect.table("Whether updated_at of " + change.getKey() + " moved after: set " + change.getValue(),
                Rows.columns("moved").row(true), query(clone, moved(at)), "Is it a change for the condition of your trigger, even from NULL or to NULL?");
        }
        Expect.table("Rows whose updated_at moved", Rows.columns("count").row(CHANGES.size()), query(clone, """
            select count(*) from (select updated_at from app.articles union all select updated_at from app.authors) rows
            where updated_at > '2026-01-01 12:00Z'"""), "Only what was changed.");
    }

    @Test @Fresh @Order(3) @Needs("changesMove") @Hint(2) @DisplayName("an update that changes nothing, or counts a reader, does not")
    void nothingStays(Clone clone, Answer answer) throws SQLException {
        migrate(clone, answer);
        for (var change : NO_CHANGES.entrySet()) {
            var at = change.getKey().split(" ");
            Expect.works("The program updates " + change.getKey() + ": " + change.getValue(),
                () -> execute(clone, update(at, change.getValue())), "The program may write what is not a date.");
            Expect.table("Whether updated_at of " + change.getKey() + " moved after: set " + change.getValue(),
                Rows.columns("moved").row(false), query(clone, moved(at)), "Nothing that counts has changed. Who decides whether the function is called?");
        }
        Expect.table("views of article 13", Rows.columns("views").row(1), query(clone, "select views from app.articles where id = 13"),
            "The count itself is kept.");
    }

    @Test @Fresh @Order(4) @Needs("changesMove") @Hint(2) @DisplayName("an update cannot set the dates")
    void updatesCannotForge(Clone clone, Answer answer) throws SQLException {
        migrate(clone, answer);
        for (var table : List.of("articles 7", "authors 4")) {
            var at = table.split(" ");
            var text = at[0].equals("authors") ? "name" : "title";
            for (var forged : List.of("created_at = '1999-01-01Z'", "updated_at = '1999-01-01Z'", "updated_at = '2999-01-01Z'",
                    text + " = 'New', created_at = '1999-01-01Z'", text + " = 'Newer', updated_at = '2999-01-01Z'")) {
                attempt(clone, update(at, forged));
                Expect.table("The dates of " + table + " after: set " + forged, Rows.columns("created_at_kept", "updated_at_true").row(true, true),
                    query(clone, """
                        select created_at = '2026-01-01 12:00Z' as created_at_kept,
                               updated_at between '2026-01-01 12:00Z' and now() as updated_at_true
                        from app.%s where id = %s""".formatted(at[0], at[1])), "The past is not the program's to write. Nor is the future.");
            }
        }
    }

    @Test @Order(5) @Needs("changesMove") @Hint(2) @DisplayName("an insert cannot set the dates either")
    void insertsCannotForge(Clone clone) throws SQLException {
        Expect.works("The program inserts an article and an author", () -> execute(clone, """
            insert into app.articles (title, body, views) values ('Honest', 'text', 0);
            insert into app.authors (name) values ('Honest')"""), "It leaves the dates to the table.");
        for (var date : List.of("created_at", "updated_at")) {
            attempt(clone, "insert into app.articles (title, " + date + ") values ('Forged', '1999-01-01Z')");
            attempt(clone, "insert into app.authors (name, " + date + ") values ('Forged', '1999-01-01Z')");
        }
        Expect.table("Rows with a date of 1999", Rows.columns("articles", "authors").row(0, 0), query(clone, """
            select (select count(*) from app.articles where least(created_at, updated_at) < '2000-01-01') as articles,
                   (select count(*) from app.authors where least(created_at, updated_at) < '2000-01-01') as authors"""),
            "A default is for those who say nothing. Who may say something?");
        Expect.table("Whether the honest rows are of now", Rows.columns("count").row(2), query(clone, """
            select count(*) from (select created_at, updated_at from app.articles where title = 'Honest'
              union all select created_at, updated_at from app.authors where name = 'Honest') rows
            where created_at = updated_at and created_at > now() - interval '10 minutes'"""), "Both dates of a new row are the instant of its insert.");
    }

    @Test @Order(6) @Needs("changesMove") @Hint(2) @DisplayName("all rows of a transaction have the same updated_at")
    void oneInstant(Clone clone) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int id = 15; id <= 17; id++) {
                statement.execute("update app.articles set title = 'together' where id = " + id);
                statement.execute("select pg_sleep(0.002)");
            }
            Expect.table("Rows of one transaction whose updated_at is its beginning", Rows.columns("count").row(3),
                Rows.query(connection, "select count(*) from app.articles where title = 'together' and updated_at = now()"),
                "`now()` stands still in a transaction. The clock does not.");
            connection.commit();
        }
    }

    private static String update(String[] at, String change) {
        return "update app." + at[0] + " set " + change + " where id = " + at[1];
    }

    private static String moved(String[] at) {
        return "select updated_at > '2026-01-01 12:00Z' as moved from app." + at[0] + " where id = " + at[1];
    }

    /** Refused or ignored: the answer may choose. */
    private static void attempt(Clone clone, String sql) {
        try {
            execute(clone, sql);
        } catch (SQLException refused) {
            // What came of it is looked at in the table.
        }
    }

    private static void migrate(Clone clone, Answer answer) {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
    }

    private static void execute(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Rows query(Clone clone, String sql) throws SQLException {
        try (var connection = clone.app().connect()) {
            return Rows.query(connection, sql);
        }
    }
}

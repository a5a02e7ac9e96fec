import grading.*;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;

/** A program writes, and after each update the dates are looked at. All rows of before are of the beginning of 2026. */
class TouchMeNotTest {
    private static final Map<String, String> CHANGES = new LinkedHashMap<>();
    private static final Map<String, String> NO_CHANGES = new LinkedHashMap<>();
    private static final List<String> FORGED = List.of("'1999-01-01Z'", "'2999-01-01Z'", "'infinity'", "'-infinity'", "now() - interval '1 minute'", "now() + interval '1 hour'",
        "now() - interval '1 microsecond'", "'2026-01-01 12:00:01Z'", "current_date", "clock_timestamp() + interval '1 s'");
    private static final String ALL = "select id, title, body, views, created_at, updated_at from app.articles union all select 1000 + id, name, null, 0, created_at, updated_at from app.authors";

    static {
        CHANGES.put("articles 1", "title = 'Another'");
        CHANGES.put("articles 2", "body = 'Another'");
        CHANGES.put("articles 3", "body = 'The first, where there was NULL'");
        CHANGES.put("articles 4", "body = null");
        CHANGES.put("articles 5", "title = 'Both', views = views + 1");
        CHANGES.put("articles 7", "body = ''");
        CHANGES.put("articles 8", "title = 'ARTICLE 8'");
        CHANGES.put("articles 9", "title = title || ' '");
        CHANGES.put("articles 10", "title = 'Article 1', body = '0' || body");
        CHANGES.put("authors 1", "name = 'Another'");
        CHANGES.put("authors 2", "name = 'author 2'");
        NO_CHANGES.put("articles 11", "title = title, body = body");
        NO_CHANGES.put("articles 12", "title = 'Article 12', body = 'Body 12'");
        NO_CHANGES.put("articles 13", "views = views + 1");
        NO_CHANGES.put("articles 14", "title = title, body = body, views = 0");
        NO_CHANGES.put("articles 15", "body = null");
        NO_CHANGES.put("authors 3", "name = name");
        NO_CHANGES.put("authors 4", "name = 'Author 4'");
    }

    @Test @Hint(1) @Promises("rows-stay") @DisplayName("the migration runs, and touches no row")
    void runs(Clone clone, Answer answer) throws SQLException {
        var before = Sql.query(clone.app(), ALL);
        AnswerMigrations.run(clone, answer);
        Expect.table("Articles and authors of before", before, Sql.query(clone.app(), ALL), "A trigger is for what comes.");
    }

    @Test @Needs("runs") @Hint(1) @Promises("program-writes") @DisplayName("the program writes all that is not a date")
    void programWrites(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            for (var statement : List.of("insert into app.articles (title) values ('No body')", "insert into app.articles (title, body) values ('A body', 'text')",
                    "insert into app.articles (title, body, views) values ('Read', null, 7)", "insert into app.authors (name) values ('Honest')",
                    "update app.articles set title = 'New', body = 'new', views = 3 where id = 20", "update app.articles set views = views + 1 where id = 20",
                    "update app.articles set body = 'newer' where id = 20", "update app.authors set name = 'New' where id = 5")) {
                Expect.works("The program's " + statement, () -> Sql.execute(app, statement), "The program may write what is not a date.");
            }
            Expect.table("What it wrote", Rows.unnamed().row("No body", null, 0).row("A body", "text", 0).row("Read", null, 7).row("New", "newer", 4).row("Honest", null, 0).row("New", null, 0),
                Rows.query(app, "select title, body, views from app.articles where id >= 20 union all select name, null, 0 from app.authors where id >= 5"), "What it wrote is what it reads.");
            app.rollback();
        }
    }

    @Test @Needs("programWrites") @Hint(1) @Promises("change-moves") @DisplayName("a change moves updated_at of its row, and of no other")
    void changesMove(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var change : CHANGES.entrySet()) {
                var at = change.getKey().split(" ");
                Expect.works("The program updates " + change.getKey() + ": " + change.getValue(),
                    () -> Sql.execute(app, update(at, change.getValue())), "The program may write what is not a date.");
                Expect.table("Whether updated_at of " + change.getKey() + " moved after: set " + change.getValue(),
                    Rows.columns("moved").row(true), Rows.query(app, moved(at)), "Is it a change for the condition of your trigger, even from NULL or to NULL?");
            }
            Expect.table("Rows whose updated_at moved", Rows.columns("count").row(CHANGES.size()), Rows.query(app, """
                select count(*) from (select id, updated_at from app.articles union all select id, updated_at from app.authors) rows
                where id > 0 and updated_at > '2026-01-01 12:00Z'"""), "Only what was changed.");
        }
    }

    @Test @Fresh @Needs("changesMove") @Hint(2) @Promises("rest-stays") @DisplayName("an update that changes nothing, or counts a reader, does not")
    void nothingStays(Clone clone, Answer answer) throws SQLException {
        AnswerMigrations.run(clone, answer);
        try (var app = Sql.connect(clone.app())) {
            for (var change : NO_CHANGES.entrySet()) {
                var at = change.getKey().split(" ");
                Expect.works("The program updates " + change.getKey() + ": " + change.getValue(),
                    () -> Sql.execute(app, update(at, change.getValue())), "The program may write what is not a date.");
                Expect.table("Whether updated_at of " + change.getKey() + " moved after: set " + change.getValue(),
                    Rows.columns("moved").row(false), Rows.query(app, moved(at)), "Nothing that counts has changed. Who decides whether the function is called?");
            }
            Expect.table("views of article 13", Rows.columns("views").row(1), Rows.query(app, "select views from app.articles where id = 13"), "The count itself is kept.");
            Sql.execute(app, "update app.articles set title = case when id = 16 then 'By one statement' else title end, views = views + 1 where id in (16, 17)");
            Expect.table("Whether updated_at of the articles 16 and 17 moved, after one statement that changed the title of 16", Rows.columns("id", "moved").row(16, true).row(17, false),
                Rows.query(app, "select id, updated_at > '2026-01-01 12:00Z' as moved from app.articles where id in (16, 17)"), "Row by row.");
        }
    }

    @Test @Needs("changesMove") @Hint(2) @Promises("begin-of-transaction") @DisplayName("all rows of a transaction have the same updated_at, wherever the program is")
    void oneInstant(Clone clone) throws SQLException {
        for (var settings : List.of("set timezone = 'UTC'", "set timezone = 'Asia/Kathmandu'", "set timezone = 'America/New_York'", "set search_path = ''")) {
            try (var app = Sql.connect(clone.app())) {
                Sql.execute(app, settings);
                app.setAutoCommit(false);
                Sql.execute(app, "select now()");
                for (int id = 16; id <= 18; id++) {
                    Sql.execute(app, "select pg_sleep(0.002)");
                    Sql.execute(app, "update app.articles set title = title || '!' where id = " + id);
                }
                Sql.execute(app, "update app.authors set name = name || '!' where id = 5");
                Expect.table("Rows of one transaction whose updated_at is its beginning, after: " + settings, Rows.columns("count").row(4), Rows.query(app, """
                    select count(*) from (select id, updated_at from app.articles where id between 16 and 18 union all select id, updated_at from app.authors where id = 5) rows
                    where updated_at = now()"""), "`now()` stands still in a transaction. The clock does not, and a clock on a wall is no instant.");
                app.rollback();
            }
        }
    }

    @Test @Needs("changesMove") @Promises({"change-moves", "rest-stays", "begin-of-transaction", "program-writes"}) @DisplayName("and so it is whatever dates a row has had until now")
    void anyDates(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app()); var younger = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            Sql.execute(app, "select now()");
            Sql.execute(younger, "select pg_sleep(0.002)");
            Sql.execute(younger, "insert into app.articles (title) values ('Of a younger transaction')");
            Sql.execute(younger, "insert into app.authors (name) values ('Of a younger transaction')");
            Sql.execute(younger, "update app.articles set body = 'Of a younger transaction' where id = 19");
            for (var table : List.of("articles", "authors")) {
                var text = table.equals("articles") ? "title" : "name";
                for (var id : Sql.query(clone.app(), "select id from app." + table + " where id < 0 or " + text + " = 'Of a younger transaction' or '" + table + "' = 'articles' and id = 19").values()) {
                    var at = new String[] {table, String.valueOf(id.getFirst())};
                    var dates = "select created_at, updated_at from app." + table + " where id = " + at[1];
                    var before = Rows.query(app, dates);
                    for (var same : table.equals("articles") ? List.of("views = views + 1", "title = title, body = body") : List.of("name = name")) {
                        Expect.works("The program updates " + table + " " + at[1] + ": " + same, () -> Sql.execute(app, update(at, same)), "Its dates are " + before.values() + ". It may be updated all the same.");
                        Expect.table("The dates of " + table + " " + at[1] + " after: set " + same, before, Rows.query(app, dates), "Nothing that counts has changed.");
                    }
                    Expect.works("The program changes " + table + " " + at[1], () -> Sql.execute(app, update(at, text + " = " + text + " || '!'")),
                        "Its dates are " + before.values() + ". It may be changed all the same.");
                    Expect.table("The dates of " + table + " " + at[1] + " after a change", Rows.columns("created_at", "updated_at_is_now").row(before.values().getFirst().getFirst(), true), Rows.query(app,
                        "select created_at, updated_at = now() as updated_at_is_now from app." + table + " where id = " + at[1]),
                        "It was " + before.values() + ". `updated_at` is when this transaction began, whatever it was before.");
                }
            }
            app.rollback();
        }
    }

    @Test @Needs("changesMove") @Promises({"change-moves", "rest-stays", "begin-of-transaction"}) @DisplayName("and so it is for any texts")
    void anyTexts(Clone clone) throws SQLException {
        var random = RandomData.create();
        var texts = new ArrayList<>(EdgeData.texts());
        texts.add("x".repeat(2999) + "y");
        texts.add("x".repeat(300_000));
        texts.add("x".repeat(299_999) + "y");
        try (var app = Sql.connect(clone.app()); var article = app.prepareStatement(
                "update app.articles set title = ?, body = ?, views = views + ? where id = 20 returning updated_at = now() and created_at = '2026-01-01 12:00Z' as moved_to_now");
             var author = app.prepareStatement("update app.authors set name = ? where id = 5 returning updated_at = now() and created_at = '2026-01-01 12:00Z' as moved_to_now")) {
            set(article, "a", null, 0);
            set(author, "a");
            String title = "a";
            String body = texts.getLast();
            set(article, title, texts.get(texts.size() - 2), 0);
            Expect.equal("Whether updated_at moved to now(), when the last of the 300,000 letters of a body changed", true, set(article, title, body, 0), "A single letter counts, wherever it stands.");
            for (var moved : List.of(List.of("Cats and dogs", "A story"), List.of("Cats and", "dogs A story"), List.of("Cats and ", "dogs A story"), List.of("Cats and d", "ogs A story"))) {
                title = moved.getFirst();
                body = moved.getLast();
                Expect.equal("Whether updated_at moved to now(), when the title became '" + title + "' and the body '" + body + "'", true, set(article, title, body, 0), "Words that move are a change of both.");
            }
            String name = "a";
            for (int i = 0; i < 60; i++) {
                var newTitle = random.coin() ? title : random.oneOf(texts);
                var newBody = random.coin() ? body : random.number(1, 4) == 1 ? null : random.oneOf(texts);
                var views = random.number(0, 1);
                Expect.equal("Whether updated_at moved to now(), when an article with the title '" + shown(title) + "' and the body " + shown(body) + " got '" + shown(newTitle) + "' and " + shown(newBody),
                    !(title.equals(newTitle) && Objects.equals(body, newBody)), set(article, newTitle, newBody, views), "NULL is no text, and '' is one. What is compared with what?");
                title = newTitle;
                body = newBody;
                var newName = random.coin() ? name : random.oneOf(texts);
                Expect.equal("Whether updated_at moved to now(), when the author '" + shown(name) + "' became '" + shown(newName) + "'", !name.equals(newName), set(author, newName),
                    "What is compared with what?");
                name = newName;
            }
        }
    }

    private static String shown(String text) {
        return text == null ? "NULL" : text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private static Object set(PreparedStatement update, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                update.setNull(i + 1, Types.VARCHAR);
            } else {
                update.setObject(i + 1, values[i]);
            }
        }
        try (var result = update.executeQuery()) {
            return Rows.of(result).values().getFirst().getFirst();
        }
    }

    @Test @Fresh @Needs("changesMove") @Hint(2) @Promises({"dates-are-ours", "change-moves"}) @DisplayName("an update cannot set the dates")
    void updatesCannotForge(Clone clone, Answer answer) throws SQLException {
        AnswerMigrations.run(clone, answer);
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            for (var at : List.of(new String[] {"articles", "7", "title"}, new String[] {"authors", "4", "name"})) {
                for (var date : FORGED) {
                    for (var forged : List.of("created_at = " + date, "updated_at = " + date, at[2] + " = 'New', created_at = " + date, at[2] + " = 'New', updated_at = " + date,
                            "created_at = " + date + ", updated_at = " + date)) {
                        attempt(app, update(at, forged), "The dates of " + at[0] + " " + at[1] + " after: set " + forged,
                            "select created_at = '2026-01-01 12:00Z' as created_at_true, updated_at = now() or updated_at = '2026-01-01 12:00Z' and %s <> 'New' as updated_at_true from app.%s where id = %s"
                                .formatted(at[2], at[0], at[1]),
                            "The past is not the program's to write. Nor is the future.");
                    }
                }
                Expect.works("The program changes a " + at[2], () -> Sql.execute(app, update(at, at[2] + " = 'Newest'")), "It says nothing of dates.");
                app.rollback();
            }
        }
    }

    @Test @Needs("changesMove") @Hint(2) @Promises("dates-are-ours") @DisplayName("an insert cannot set the dates either")
    void insertsCannotForge(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            for (var table : List.of("articles (title", "authors (name")) {
                var name = table.substring(0, table.indexOf(' '));
                var dates = "select created_at = now() as created_at_true, updated_at = now() as updated_at_true from app." + name + " where id > 0 and (created_at >= now() or updated_at >= now() "
                    + "or " + (name.equals("articles") ? "title" : "name") + " = 'Forged')";
                Sql.execute(app, "select now(), pg_sleep(0.002)");
                Sql.execute(app, "insert into app." + table + ") values ('Forged')");
                Expect.table("The dates of a new row of " + name, Rows.columns("created_at_true", "updated_at_true").row(true, true), Rows.query(app, dates),
                    "Both dates of a new row are the instant at which its transaction began.");
                app.rollback();
                for (var date : FORGED) {
                    for (var columns : List.of("created_at", "updated_at", "created_at, updated_at")) {
                        attempt(app, "insert into app." + table + ", " + columns + ") values ('Forged', " + date + (columns.contains(",") ? ", " + date : "") + ")",
                            "The dates of a new row of " + name + " with " + columns + " = " + date, dates, "A default is for those who say nothing. Who may say something?");
                    }
                }
                for (var other : List.of("merge into app.%s t using (values (%d)) v(id) on t.id = v.id when matched then update set created_at = now() + interval '1 h' when not matched then insert (%s, updated_at) values ('Forged', '1999-01-01Z')",
                        "insert into app.%s (id, %3$s, created_at) overriding system value values (%2$d, 'Forged', '1999-01-01Z') on conflict (id) do update set created_at = '1999-01-01Z', updated_at = '1999-01-01Z'")) {
                    for (var id : List.of(name.equals("articles") ? 12 : 4, 4444)) {
                        attempt(app, other.formatted(name, id, name.equals("articles") ? "title" : "name"), "The dates of a row of " + name + " after: " + other.substring(0, other.indexOf(' ')) + " for the id " + id,
                            "select bool_and(created_at in (now(), '2026-01-01 12:00Z')) as created_at_true, bool_and(updated_at in (now(), '2026-01-01 12:00Z')) as updated_at_true from app."
                            + name + " where id = " + (name.equals("articles") ? 12 : 4) + " or created_at < '2000-01-01Z' and id > 0 or updated_at < '2000-01-01Z' and id > 0", "An insert or an update, by any other name.");
                    }
                }
                try {
                    app.unwrap(PGConnection.class).getCopyAPI().copyIn("copy app." + table + ", created_at, updated_at) from stdin", new StringReader("Forged\t1999-01-01Z\t1999-01-01Z\n"));
                    Expect.table("The dates of a row of " + name + " that was copied", Rows.columns("created_at_true", "updated_at_true").row(true, true), Rows.query(app, dates), "A row that is copied is a new row.");
                } catch (SQLException | IOException refused) {
                    // Then nothing got in.
                }
                app.rollback();
            }
        }
    }

    @Test @Fresh @Needs({"updatesCannotForge", "insertsCannotForge"}) @Hint(2) @Promises("rest-stays") @DisplayName("nor does an update that only sends a date")
    void sentDatesStayOut(Clone clone, Answer answer) throws SQLException {
        AnswerMigrations.run(clone, answer);
        try (var app = Sql.connect(clone.app())) {
            for (var sent : List.of("views = views + 1, updated_at = '1999-01-01Z'", "title = title, updated_at = now()", "views = views + 1, created_at = now()")) {
                try {
                    Sql.execute(app, update(new String[] {"articles", "18"}, sent));
                } catch (SQLException refused) {
                    // As the task allows.
                }
                Expect.table("Whether updated_at of article 18 moved after: set " + sent, Rows.columns("moved").row(false), Rows.query(app, moved(new String[] {"articles", "18"})),
                    "Nothing that counts has changed. What is compared: what is there, or what was sent?");
            }
        }
    }

    /** Refused or ignored: the answer may choose. What came of it is looked at in the same transaction. */
    private static void attempt(Connection app, String sql, String what, String query, String lookAt) throws SQLException {
        try {
            Sql.execute(app, sql);
            Expect.table(what, Rows.columns("created_at_true", "updated_at_true").row(true, true), Rows.query(app, query), lookAt);
        } catch (SQLException refused) {
            // Then nothing got in.
        } finally {
            app.rollback();
        }
    }

    private static String update(String[] at, String change) {
        return "update app." + at[0] + " set " + change + " where id = " + at[1];
    }

    private static String moved(String[] at) {
        return "select updated_at > '2026-01-01 12:00Z' as moved from app." + at[0] + " where id = " + at[1];
    }
}

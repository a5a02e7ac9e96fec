import grading.*;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import lab.Login;
import org.junit.jupiter.api.*;

/** The app goes about its work, honestly and otherwise; the checks read the audit as its owner. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditEveryChangeTest {
    private static final String SETTLE = "set statement_timeout = '10s'";

    @Test @Order(1) @Hint(1) @DisplayName("audit.sql runs, as the owner")
    void runs(Clone clone, Answer answer) {
        Expect.works("audit.sql runs", () -> install(clone, answer), "PostgreSQL's words name the place.");
    }

    @Test @Order(2) @Needs("runs") @Hint(2) @DisplayName("the app inserts a user, and one line says so")
    void insertsAreRecorded(Clone clone) throws Exception {
        act(clone, "insert into app.users (id, email, password_hash) values (7, 'gil@example.com', 'h-gil')");
        Expect.table("The new user", Rows.unnamed().row("gil@example.com"), asOwner(clone, "select email from app.users where id = 7"),
            "What does a trigger return, and when does it matter?");
        Expect.tableInOrder("The lines after one insert", Rows.columns("record_id", "action", "old_email", "new_email")
            .row(7, "INSERT", null, "gil@example.com"), lines(clone), "What does the trigger know in an INSERT, and may it write?");
    }

    @Test @Order(3) @Needs("insertsAreRecorded") @Hint(1) @DisplayName("an update leaves one line, with the old row and the new one")
    void updatesAreRecorded(Clone clone) throws Exception {
        act(clone, "update app.users set email = 'ann@example.org' where id = 1",
            "update app.users set nickname = 'B' where id = 2", "update app.users set nickname = null where id = 1");
        Expect.tableInOrder("The lines after three updates", Rows.columns("record_id", "action", "old_email", "new_email")
            .row(1, "UPDATE", "ann@example.com", "ann@example.org").row(2, "UPDATE", "bob@example.com", "bob@example.com")
            .row(1, "UPDATE", "ann@example.org", "ann@example.org"), lines(clone), "A null that becomes a value is a change, too.");
        Expect.table("Nicknames in these lines", Rows.unnamed().row("A", "A").row(null, "B").row("A", null),
            asOwner(clone, "select old_row ->> 'nickname', new_row ->> 'nickname' from app.audit_log"),
            "The old row before, the new row after, all columns that are no secret.");
    }

    @Test @Order(4) @Needs("insertsAreRecorded") @Hint(1) @DisplayName("a delete deletes, and its line has the id")
    void deletesAreRecorded(Clone clone) throws Exception {
        act(clone, "delete from app.users where id = 2");
        Expect.table("Users that are left", Rows.unnamed().row(1).row(3), asOwner(clone, "select id from app.users"),
            "What does a trigger return, and when does it matter?");
        Expect.tableInOrder("The lines after one delete", Rows.columns("record_id", "action", "old_email", "new_email")
            .row(2, "DELETE", "bob@example.com", null), lines(clone), "Which of `new` and `old` is there in a DELETE?");
        Expect.table("Whether old_row and new_row are null", Rows.unnamed().row(false, true),
            asOwner(clone, "select old_row is null, new_row is null from app.audit_log"), "SQL's null, not a JSON of nulls.");
    }

    @Test @Order(5) @Needs({"updatesAreRecorded", "deletesAreRecorded"}) @Hint(1) @DisplayName("statements of many rows leave a line for each")
    void everyRowIsRecorded(Clone clone) throws Exception {
        act(clone, "insert into app.users (id, email, password_hash) select n, n || '@x.io', 'h' from generate_series(10, 12) n",
            "update app.users set role = 'admin' where id >= 10", "delete from app.users where id >= 11",
            "begin; delete from app.users; rollback");
        Expect.table("Lines for each user and action", Rows.columns("record_id", "action", "count")
            .row(10, "INSERT", 1).row(11, "INSERT", 1).row(12, "INSERT", 1).row(10, "UPDATE", 1).row(11, "UPDATE", 1)
            .row(12, "UPDATE", 1).row(11, "DELETE", 1).row(12, "DELETE", 1),
            asOwner(clone, "select record_id, action, count(*) from app.audit_log group by record_id, action"),
            "One line for each row that was changed, none for what was rolled back.");
    }

    @Test @Order(6) @Needs("insertsAreRecorded") @Hint(1) @DisplayName("an update that changes nothing leaves no line")
    void nothingIsNotRecorded(Clone clone) throws Exception {
        act(clone, "update app.users set email = email, nickname = nickname", "update app.users set role = 'user' where id = 2");
        Expect.tableInOrder("The lines after updates that change nothing", Rows.columns("record_id", "action", "old_email", "new_email"),
            lines(clone), "A trigger can have a condition.");
    }

    @Test @Order(7) @Needs({"updatesAreRecorded", "deletesAreRecorded"}) @Hint(1) @DisplayName("no line has a password hash")
    void secretsStayOut(Clone clone) throws Exception {
        act(clone, "insert into app.users (id, email, password_hash) values (7, 'gil@example.com', 'secret-inserted')",
            "update app.users set password_hash = 'secret-updated' where id = 1", "delete from app.users where id = 3");
        Expect.table("What the audit tells of these hashes", Rows.columns("action", "what").row("INSERT", "nothing")
            .row("UPDATE", "nothing").row("DELETE", "nothing"), asOwner(clone, """
                select action, case when concat(old_row, new_row) ~ 'secret-|pbkdf2-' then 'a hash' else 'nothing' end as what
                from app.audit_log"""), "`to_jsonb(…)` minus a key. A new password is still a change.");
    }

    @Test @Order(8) @Needs("insertsAreRecorded") @Hint(2) @DisplayName("each line says who it was")
    void theActorIsKnown(Clone clone) throws Exception {
        begin(clone);
        try (var app = clone.app().connect()) {
            run(app, SETTLE);
            run(app, "update app.users set role = 'a' where id = 1");
            run(app, "begin; set local app.current_user_id = 'support-7'; update app.users set role = 'b' where id = 1; commit");
            run(app, "update app.users set role = 'c' where id = 1");
        }
        Expect.tableInOrder("The actors of three updates: no setting, support-7, and an empty setting", Rows.unnamed()
            .row("course_app").row("support-7").row("course_app"), asOwner(clone, "select actor from app.audit_log order by id"),
            "As whom does the function run, and who logged in? What does a local setting leave behind?");
    }

    @Test @Order(9) @Needs("insertsAreRecorded") @Hint(2) @DisplayName("the app cannot change the audit")
    void theAuditIsClosed(Clone clone) throws Exception {
        act(clone, "update app.users set role = 'admin' where id = 1");
        try (var app = clone.app().connect()) {
            run(app, SETTLE);
            for (var forgery : List.of("insert into app.audit_log (record_id, action, actor) values (1, 'DELETE', 'nobody')",
                    "update app.audit_log set actor = 'somebody else'", "delete from app.audit_log", "truncate app.audit_log")) {
                Expect.sqlState("`" + forgery + "` as course_app", "42501", () -> run(app, forgery), "Who may write to the audit, and who has to?");
            }
        }
    }

    @Test @Order(10) @Needs("runs") @Hint(2) @DisplayName("the app cannot empty app.users past the audit")
    void truncateIsRefused(Clone clone) throws Exception {
        begin(clone);
        try (var app = clone.app().connect()) {
            run(app, SETTLE + "; truncate app.users cascade");
        } catch (SQLException refused) {
            // as it should be
        }
        Expect.table("Users after `truncate app.users` by course_app", Rows.columns("count").row(3),
            asOwner(clone, "select count(*) from app.users"), "Row triggers do not see a truncate. Refuse it.");
    }

    @Test @Order(11) @Needs({"updatesAreRecorded", "theAuditIsClosed"}) @Hint(2) @DisplayName("a caller with tables and functions of its own changes nothing")
    void theCallerCannotInterfere(Clone clone) throws Exception {
        begin(clone);
        try (var app = clone.app().connect()) {
            run(app, SETTLE);
            run(app, "create temp table audit_log (like app.audit_log including all); grant all on audit_log to public");
            run(app, "create function playground.to_jsonb(anyelement) returns jsonb language sql as $$ select '{}'::jsonb $$");
            run(app, "create function playground.current_setting(text, boolean) returns text language sql as $$ select 'the king' $$");
            run(app, "set search_path = playground, pg_temp, pg_catalog");
            run(app, "update app.users set email = 'ann@example.org' where id = 1");
            run(app, "set search_path = ''");
            run(app, "delete from app.users where id = 2");
        }
        Expect.tableInOrder("The lines after an update and a delete by such a caller", Rows.columns("record_id", "action", "old_email", "new_email")
            .row(1, "UPDATE", "ann@example.com", "ann@example.org").row(2, "DELETE", "bob@example.com", null), lines(clone),
            "Where does the function look for the names in its body? It runs with borrowed rights.");
        Expect.table("Their actors", Rows.unnamed().row("course_app").row("course_app"), asOwner(clone, "select actor from app.audit_log"),
            "The caller has made a function `current_setting` of its own, and put it in front.");
    }

    private static void install(Clone clone, Answer answer) throws SQLException {
        script(clone.owner(), answer.text("audit.sql"));
    }

    /** The three users of the beginning, and an empty audit. */
    private static void begin(Clone clone) throws SQLException {
        try (var owner = clone.owner().connect()) {
            run(owner, SETTLE);
            run(owner, """
                alter table app.users disable trigger user;
                delete from app.users;
                insert into app.users (id, email, password_hash, nickname)
                values (1, 'ann@example.com', 'pbkdf2-of-ann', 'A'), (2, 'bob@example.com', 'pbkdf2-of-bob', null),
                       (3, 'cat@example.com', 'pbkdf2-of-cat', null);
                alter table app.users enable trigger user;
                delete from app.audit_log""");
        }
    }

    /** From the beginning, the app does this. */
    private static void act(Clone clone, String... statements) throws SQLException {
        begin(clone);
        try (var app = clone.app().connect()) {
            run(app, SETTLE);
            for (var statement : statements) {
                Expect.works("course_app may still do this: " + statement, () -> run(app, statement), "A trigger that fails takes the statement with it.");
            }
        }
    }

    private static Rows lines(Clone clone) throws SQLException {
        return asOwner(clone, """
            select record_id, action, old_row ->> 'email' as old_email, new_row ->> 'email' as new_email
            from app.audit_log order by id""");
    }

    private static Rows asOwner(Clone clone, String sql) throws SQLException {
        try (var owner = clone.owner().connect()) {
            return Rows.query(owner, sql);
        }
    }

    /** Runs a file as one message, so that it is PostgreSQL, and not the driver, who finds where each statement ends. */
    private static void script(Login login, String sql) throws SQLException {
        var how = new Properties();
        how.put("user", login.user());
        how.put("password", login.password());
        how.put("preferQueryMode", "simple");
        try (var connection = DriverManager.getConnection(login.url(), how)) {
            run(connection, "set statement_timeout = '10s'");
            run(connection, sql);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

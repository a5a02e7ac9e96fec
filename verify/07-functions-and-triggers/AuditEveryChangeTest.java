import grading.*;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;

/** The app goes about its work, honestly and otherwise; the checks read the audit as its owner. */
class AuditEveryChangeTest {

    @Test @Hint(1) @DisplayName("audit.sql runs, as the owner, and the tables stay what they are")
    @Promises("tables-stay")
    void runs(Clone clone, Answer answer) throws Exception {
        var before = CatalogSnapshot.withRows(clone);
        Expect.works("audit.sql runs", () -> Sql.script(clone.owner(), answer.text("audit.sql")), "PostgreSQL's words name the place.");
        Expect.nothingElseChanged("What became of the tables", before, CatalogSnapshot.withRows(clone), "They keep their columns, their constraints and their rows.",
            "^(?!gone|new: (column|constraint)|changed: (column|constraint|index|rows))", "^new: constraint .*TRIGGER");
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("the app inserts a user, and one line says so")
    @Promises({"one-line-each", "what-it-says"})
    void insertsAreRecorded(Clone clone) throws Exception {
        act(clone, "insert into app.users (id, email, password_hash) values (7, 'gil@example.com', 'h-gil')");
        Expect.table("The new user", Rows.unnamed().row("gil@example.com"), Sql.query(clone.owner(), "select email from app.users where id = 7"),
            "What does a trigger return, and when does it matter?");
        Expect.tableInOrder("The lines after one insert", Rows.columns("record_id", "action", "old_email", "new_email")
            .row(7, "INSERT", null, "gil@example.com"), lines(clone), "What does the trigger know in an INSERT, and may it write?");
        Expect.table("Whether old_row and new_row are null", Rows.unnamed().row(true, false),
            Sql.query(clone.owner(), "select old_row is null, new_row is null from app.audit_log"), "SQL's null, not a JSON of nulls.");
    }

    @Test @Needs("insertsAreRecorded") @Hint(1) @DisplayName("an update leaves one line, with the old row and the new one")
    @Promises({"one-line-each", "what-it-says"})
    void updatesAreRecorded(Clone clone) throws Exception {
        act(clone, "update app.users set email = 'ann@example.org' where id = 1",
            "update app.users set nickname = 'B' where id = 2", "update app.users set nickname = null where id = 1", "update app.users set nickname = '' where id = 1");
        Expect.tableInOrder("The lines after four updates", Rows.columns("record_id", "action", "old_email", "new_email")
            .row(1, "UPDATE", "ann@example.com", "ann@example.org").row(2, "UPDATE", "bob@example.com", "bob@example.com")
            .row(1, "UPDATE", "ann@example.org", "ann@example.org").row(1, "UPDATE", "ann@example.org", "ann@example.org"), lines(clone),
            "A null that becomes a value is a change, too.");
        Expect.table("Nicknames in these lines", Rows.unnamed().row("A", "A").row(null, "B").row("A", null).row(null, ""),
            Sql.query(clone.owner(), "select old_row ->> 'nickname', new_row ->> 'nickname' from app.audit_log"),
            "The old row before, the new row after, all columns that are no secret.");
    }

    @Test @Needs("insertsAreRecorded") @Hint(1) @DisplayName("a delete deletes, and its line has the id")
    @Promises({"one-line-each", "what-it-says"})
    void deletesAreRecorded(Clone clone) throws Exception {
        act(clone, "delete from app.users where id = 2");
        Expect.table("Users that are left", Rows.unnamed().row(1).row(3), Sql.query(clone.owner(), "select id from app.users"),
            "What does a trigger return, and when does it matter?");
        Expect.tableInOrder("The lines after one delete", Rows.columns("record_id", "action", "old_email", "new_email")
            .row(2, "DELETE", "bob@example.com", null), lines(clone), "Which of `new` and `old` is there in a DELETE?");
        Expect.table("Whether old_row and new_row are null", Rows.unnamed().row(false, true),
            Sql.query(clone.owner(), "select old_row is null, new_row is null from app.audit_log"), "SQL's null, not a JSON of nulls.");
    }

    @Test @Needs({"updatesAreRecorded", "deletesAreRecorded"}) @Hint(1) @DisplayName("statements of many rows leave a line for each")
    @Promises("one-line-each")
    void everyRowIsRecorded(Clone clone) throws Exception {
        act(clone, "insert into app.users (id, email, password_hash) select n, n || '@x.io', 'h' from generate_series(10, 12) n",
            "update app.users set role = 'admin' where id >= 10", "delete from app.users where id >= 11",
            "begin; delete from app.users; rollback");
        Expect.table("Lines for each user and action", Rows.columns("record_id", "action", "count")
            .row(10, "INSERT", 1).row(11, "INSERT", 1).row(12, "INSERT", 1).row(10, "UPDATE", 1).row(11, "UPDATE", 1)
            .row(12, "UPDATE", 1).row(11, "DELETE", 1).row(12, "DELETE", 1),
            Sql.query(clone.owner(), "select record_id, action, count(*) from app.audit_log group by record_id, action"),
            "One line for each row that was changed, none for what was rolled back.");
    }

    @Test @Needs("insertsAreRecorded") @Hint(1) @DisplayName("an update that changes nothing leaves no line")
    @Promises("no-change")
    void nothingIsNotRecorded(Clone clone) throws Exception {
        act(clone, "update app.users set email = email, nickname = nickname", "update app.users set role = 'user' where id = 2",
            "update app.users set password_hash = password_hash");
        Expect.tableInOrder("The lines after updates that change nothing", Rows.columns("record_id", "action", "old_email", "new_email"),
            lines(clone), "A trigger can have a condition.");
    }

    @Test @Needs({"updatesAreRecorded", "deletesAreRecorded"}) @Hint(1) @DisplayName("no line has a password hash")
    @Promises({"no-hash", "one-line-each"})
    void secretsStayOut(Clone clone) throws Exception {
        act(clone, "insert into app.users (id, email, password_hash) values (7, 'gil@example.com', 'secret-inserted')",
            "update app.users set password_hash = 'secret-updated' where id = 1", "update app.users set role = 'admin' where id = 1",
            "delete from app.users where id = 3");
        Expect.table("What the audit tells of these hashes", Rows.columns("action", "what").row("INSERT", "nothing")
            .row("UPDATE", "nothing").row("UPDATE", "nothing").row("DELETE", "nothing"), Sql.query(clone.owner(), """
                select action, case when l::text ~ 'secret-|pbkdf2-' then 'a hash' else 'nothing' end as what
                from app.audit_log l"""), "`to_jsonb(…)` minus a key. A new password is still a change.");
    }

    @Test @Needs("everyRowIsRecorded") @Hint(1) @DisplayName("whatever the statement looks like, each user who changed has a line")
    @Promises({"one-line-each", "what-it-says", "no-change"})
    void anyStatement(Clone clone) throws Exception {
        begin(clone);
        var random = RandomData.create();
        var expected = Rows.columns("record_id", "action", "old_row", "new_row");
        try (var app = Sql.connect(clone.app())) {
            var before = users(app);
            for (int i = 0; i < 24; i++) {
                var statement = statement(i % 12, random);
                Expect.works("course_app may still do this: " + statement, () -> run(app, statement), "A trigger that fails takes the statement with it.");
                var after = users(app);
                for (var id : union(before.keySet(), after.keySet())) {
                    var old = before.get(id);
                    var now = after.get(id);
                    if (old == null || now == null || !old.equals(now)) {
                        expected = expected.row(id, old == null ? "INSERT" : now == null ? "DELETE" : "UPDATE", old == null ? null : old.shown(), now == null ? null : now.shown());
                    }
                }
                Expect.table("The lines after `" + statement + "`, and after the statements before it", expected, Sql.query(clone.owner(), """
                    select record_id, action, jsonb_strip_nulls(old_row) - 'password_hash' as old_row, jsonb_strip_nulls(new_row) - 'password_hash' as new_row
                    from app.audit_log"""), "Compare the users before and after the statement: each one who is not as he was has a line.");
                before = after;
            }
            run(app, "update app.users set id = -id");
            Expect.table("Lines, when " + before.size() + " users get another id", Rows.unnamed().row(before.size()), Sql.query(clone.owner(),
                "select count(*) from app.audit_log where action = 'UPDATE' and (old_row ->> 'id')::bigint = - (new_row ->> 'id')::bigint"),
                "The id is a column as well.");
        }
    }

    @Test @Needs("insertsAreRecorded") @Hint(2) @DisplayName("each line says who it was")
    @Promises("actor")
    void theActorIsKnown(Clone clone) throws Exception {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            Sql.execute(app, "update app.users set role = 'a' where id = 1");
            Sql.execute(app, "begin; set local app.current_user_id = 'support-7'; update app.users set role = 'b' where id = 1; commit");
            Sql.execute(app, "update app.users set role = 'c' where id = 1");
            Expect.tableInOrder("The actors of three updates: no setting, support-7, and an empty setting", Rows.unnamed()
                .row("course_app").row("support-7").row("course_app"), Sql.query(clone.owner(), "select actor from app.audit_log order by id"),
                "As whom does the function run, and who logged in? What does a local setting leave behind?");
            var expected = Rows.unnamed().row("course_app").row("support-7").row("course_app");
            var names = new ArrayList<>(EdgeData.texts());
            names.add("https://login.example.com/realms/customers|0190f5c2-7f1e-7cc0-b7d4-2f6f0b9a4c11");
            for (var name : names) {
                Rows.query(app, "select set_config('app.current_user_id', ?, false)", name);
                Sql.execute(app, "update app.users set nickname = nickname || 'x' where id = 1");
                expected = expected.row(name.isEmpty() ? "course_app" : name);
            }
            Expect.tableInOrder("The actors of updates with all kinds of settings", expected, Sql.query(clone.owner(), "select actor from app.audit_log order by id"),
                "The setting is the actor, as it is; only an empty one is none. The type `name` holds no more than 63 bytes.");
        }
    }

    @Test @Needs("insertsAreRecorded") @Hint(2) @DisplayName("the app cannot change the audit")
    @Promises("audit-closed")
    void theAuditIsClosed(Clone clone) throws Exception {
        act(clone, "update app.users set role = 'admin' where id = 1");
        try (var app = Sql.connect(clone.app())) {
            for (var forgery : List.of("insert into app.audit_log (record_id, action, actor) values (1, 'DELETE', 'nobody')",
                    "update app.audit_log set actor = 'somebody else'", "delete from app.audit_log", "truncate app.audit_log")) {
                Expect.sqlState("`" + forgery + "` as course_app", "42501", () -> Sql.execute(app, forgery), "Who may write to the audit, and who has to?");
            }
        }
    }

    @Test @Needs("theAuditIsClosed") @Hint(2) @DisplayName("the app cannot make up lines with your functions")
    @Promises("audit-closed")
    void nothingIsForged(Clone clone) throws Exception {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            var triggers = Sql.query(clone.owner(), """
                select pg_get_triggerdef(oid) from pg_trigger where tgrelid = 'app.users'::regclass and not tgisinternal""");
            for (var table : List.of("pg_temp.fake", "pg_temp.users", "playground.users")) { // who asks for the name alone is told the right one
                Sql.execute(app, "create table " + table + " (like app.users including defaults)");
                for (var trigger : triggers.values()) {
                    attempt(app, String.valueOf(trigger.getFirst()).replace(" ON app.users ", " ON " + table + " ").replace("CONSTRAINT TRIGGER", "TRIGGER"));
                }
                attempt(app, "insert into " + table + " (id, email, password_hash) values (1, 'forged', 'h')");
                attempt(app, "update " + table + " set email = 'forged again'");
                attempt(app, "delete from " + table);
                Sql.execute(app, "drop table " + table);
            }
            Expect.table("Lines in the audit, after course_app hung your triggers on a table of its own, and changed that", Rows.unnamed().row(0),
                Sql.query(clone.owner(), "select count(*) from app.audit_log"), "Whose right to execute does `create trigger` ask for? And who has it, of a new function?");
        }
        Expect.table("Other functions with the owner's rights that course_app may call", Rows.unnamed(), Sql.query(clone.owner(), """
            select oid::regprocedure::text from pg_proc where proowner = 'course_owner'::regrole and prosecdef and prorettype <> 'trigger'::regtype
            and has_function_privilege('course_app', oid, 'execute')"""), "Who writes to the audit may not be called by everybody.");
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("the app cannot empty app.users past the audit")
    @Promises("no-truncate")
    void truncateIsRefused(Clone clone) throws Exception {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            attempt(app, "truncate app.users cascade");
        }
        Expect.table("Users that are left or have a line, after `truncate app.users` by course_app", Rows.columns("count").row(3), Sql.query(clone.owner(), """
            select (select count(*) from app.users) + (select count(*) from app.audit_log where action = 'DELETE' and old_row ->> 'email' is not null) as count"""),
            "Row triggers do not see a truncate. Refuse it.");
        begin(clone);
        try (var app = Isolation.REPEATABLE_READ.connect(clone.app()); var other = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            Rows.query(app, "select count(*) from app.users");
            Sql.execute(other, "insert into app.users (id, email, password_hash) values (9, 'new@example.com', 'h-new')");
            attempt(app, "truncate app.users cascade");
            attempt(app, "commit");
        }
        Expect.table("Users that are left or have a line, after a user was added and then a transaction truncated app.users that cannot see that one yet",
            Rows.columns("count").row(4), Sql.query(clone.owner(), """
            select (select count(*) from app.users) + (select count(*) from app.audit_log where action = 'DELETE' and old_row ->> 'email' is not null) as count"""),
            "A truncate takes more rows than its transaction sees. Refuse it.");
    }

    @Test @Needs("updatesAreRecorded") @DisplayName("where its line cannot be written nothing is changed")
    @Promises("one-line-each")
    void noChangeWithoutALine(Clone clone) throws Exception {
        begin(clone);
        try (var holder = Sql.connect(clone.owner()); var app = Sql.connect(clone.app())) {
            holder.setAutoCommit(false);
            Sql.execute(holder, "lock table app.audit_log in exclusive mode");
            Sql.execute(app, "set lock_timeout = '200ms'");
            var end = "done";
            try {
                Sql.execute(app, "update app.users set email = 'ann@example.org' where id = 1");
            } catch (SQLException e) {
                end = "refused";
            }
            holder.rollback();
            Expect.equal("An update while somebody holds app.audit_log, with lock_timeout = '200ms'", "refused", end, "A change of which there is no line has been missed.");
        }
    }

    @Test @Needs({"updatesAreRecorded", "theAuditIsClosed"}) @Hint(2) @DisplayName("a caller with tables, functions and operators of its own changes nothing")
    @Promises("whatever-the-caller")
    void theCallerCannotInterfere(Clone clone) throws Exception {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            Sql.execute(app, "create temp table audit_log (like app.audit_log including all); grant all on audit_log to public");
            Sql.execute(app, "create temp table users (like app.users including all); grant all on users to public");
            Sql.execute(app, """
                create function playground.to_jsonb(anyelement) returns jsonb language sql as $$ select '{}'::jsonb $$;
                create function playground.row_to_json(record) returns json language plpgsql as $$ begin return '{}'::json; end $$;
                create function playground.current_setting(text, boolean) returns text language sql as $$ select 'the king' $$;
                create function playground.current_setting(text) returns text language sql as $$ select 'the king' $$;
                create function playground.same(text, text) returns boolean language sql as $$ select true $$;
                create operator playground.= (leftarg = text, rightarg = text, function = playground.same);
                create operator playground.<> (leftarg = text, rightarg = text, function = playground.same);
                create function playground.same(jsonb, jsonb) returns boolean language sql as $$ select true $$;
                create operator playground.= (leftarg = jsonb, rightarg = jsonb, function = playground.same);
                create function playground.same(app.users, app.users) returns boolean language sql as $$ select true $$;
                create operator playground.= (leftarg = app.users, rightarg = app.users, function = playground.same); -- "is distinct from" looks for one
                create function playground.keep(jsonb, text) returns jsonb language sql as $$ select $1 $$;
                create operator playground.- (leftarg = jsonb, rightarg = text, function = playground.keep)""");
            Sql.execute(app, "set search_path = playground, pg_temp, pg_catalog");
            Sql.execute(app, "update app.users set email = 'ann@example.org' where id = 1");
            Sql.execute(app, "set search_path = ''");
            Sql.execute(app, "delete from app.users where id = 2");
        }
        Expect.tableInOrder("The lines after an update and a delete by such a caller", Rows.columns("record_id", "action", "old_email", "new_email")
            .row(1, "UPDATE", "ann@example.com", "ann@example.org").row(2, "DELETE", "bob@example.com", null), lines(clone),
            "Where does the function look for the names in its body? It runs with borrowed rights.");
        Expect.table("Their actors, and whether they have a hash", Rows.unnamed().row("course_app", false).row("course_app", false),
            Sql.query(clone.owner(), "select actor, l::text ~ 'pbkdf2-' from app.audit_log l"), "The caller has made functions and operators of its own, and put them in front.");
    }

    @Test @Needs({"updatesAreRecorded", "theAuditIsClosed"}) @Hint(2) @DisplayName("a caller with types of its own runs no code as the owner")
    @Promises("whatever-the-caller")
    void typesOfTheCaller(Clone clone) throws Exception {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            Sql.execute(app, """
                create function playground.peek(anyelement) returns boolean language plpgsql as $$
                begin
                  execute 'grant all on app.audit_log to course_app';
                  return true;
                exception when insufficient_privilege then return true;
                end $$""");
            for (var type : List.of("text", "name", "varchar", "jsonb", "record", "json")) {
                Sql.execute(app, "create domain pg_temp." + type + " as pg_catalog." + (type.equals("record") ? "text" : type)
                    + " check (playground.peek(value))");
            }
            Sql.execute(app, "insert into app.users (id, email, password_hash) values (7, 'gil@example.com', 'h-gil'); "
                + "update app.users set email = 'ann@example.org' where id = 1; delete from app.users where id = 2");
        }
        var may = Sql.query(clone.owner(), "select has_table_privilege('course_app', 'app.audit_log', 'delete')");
        Sql.execute(clone.owner(), "revoke insert, update, delete, truncate on app.audit_log from course_app");
        Expect.table("Whether course_app may delete from the audit, after it had temporary types called text and jsonb, with a check of their own",
            Rows.unnamed().row(false), may, "Code of the caller ran with the rights of the owner. Where does a function look for types?");
        Expect.table("The lines", Rows.columns("record_id", "action", "old_email", "new_email").row(7, "INSERT", null, "gil@example.com")
            .row(1, "UPDATE", "ann@example.com", "ann@example.org").row(2, "DELETE", "bob@example.com", null), lines(clone), "All of them, whatever the caller has made.");
    }

    /** A user as the audit should show it, and the hash, which it should not. */
    private record User(String shown, String hash) { }

    private static Map<Long, User> users(Connection app) throws SQLException {
        var users = new HashMap<Long, User>();
        for (var row : Rows.query(app, "select id, (jsonb_strip_nulls(to_jsonb(u)) - 'password_hash')::text, password_hash from app.users u").values()) {
            users.put(((Number) row.get(0)).longValue(), new User(String.valueOf(row.get(1)), String.valueOf(row.get(2))));
        }
        return users;
    }

    private static TreeSet<Long> union(java.util.Set<Long> one, java.util.Set<Long> other) {
        var both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Statements of many kinds, with values at random; "copy" stands for itself. */
    private static String statement(int kind, RandomData random) {
        var word = random.word(6);
        var email = word + "@example.com";
        int some = random.number(2, 3);
        return switch (kind) {
            case 0 -> "insert into app.users (email, password_hash, nickname) select n || '" + email + "', 'h', nullif('', '') from generate_series(1, " + some + ") n";
            case 1 -> "insert into app.users (email, password_hash) values ('ann@example.com', 'h'), ('new-" + email + "', 'h') "
                + "on conflict (email) do update set nickname = '" + word + "'";
            case 2 -> "insert into app.users (email, password_hash) values ('cat@example.com', 'h'), ('other-" + email + "', 'h') on conflict do nothing";
            case 3 -> "merge into app.users u using (values ('bob@example.com'), ('merged-" + email + "')) s (email) on u.email = s.email "
                + "when matched then update set role = '" + word + "' when not matched then insert (email, password_hash) values (s.email, 'h')";
            case 4 -> "with gone as (delete from app.users where email like 'other-%' returning email) "
                + "insert into app.users (email, password_hash) select 'again-" + word + "-' || email, 'h' from gone";
            case 5 -> "update app.users set nickname = case when id % 2 = 0 then upper(email) else nickname end";
            case 6 -> "copy app.users (email, password_hash, nickname) from stdin:" + "copied-" + email + "\th\tC\n" + "copied-too-" + email + "\th\t\\N\n";
            case 7 -> "update app.users set password_hash = '" + word + "' where email like 'a%' or email like 'n%'";
            case 8 -> "update app.users u set role = 'r' || s.n from (select id, row_number() over (order by id) % " + some + " as n from app.users) s where s.id = u.id";
            case 9 -> "update app.users set nickname = nullif(coalesce(nickname, '') || '" + (random.coin() ? "" : word) + "', '')";
            case 10 -> "delete from app.users where email like 'again-%' or email like 'copied-too-%'";
            default -> "update app.users set email = lower(email), role = initcap(role)";
        };
    }

    private static void run(Connection app, String statement) throws Exception {
        if (statement.startsWith("copy")) {
            int colon = statement.indexOf(':');
            app.unwrap(PGConnection.class).getCopyAPI().copyIn(statement.substring(0, colon), new StringReader(statement.substring(colon + 1)));
        } else {
            Sql.execute(app, statement);
        }
    }

    /** It may be refused. */
    private static void attempt(Connection app, String sql) {
        try {
            Sql.execute(app, sql);
        } catch (SQLException refused) {
            // as it should be
        }
    }

    /** The three users of the beginning, and an empty audit. */
    private static void begin(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), """
            alter table app.users disable trigger user;
            delete from app.users;
            insert into app.users (id, email, password_hash, nickname)
            values (1, 'ann@example.com', 'pbkdf2-of-ann', 'A'), (2, 'bob@example.com', 'pbkdf2-of-bob', null),
                   (3, 'cat@example.com', 'pbkdf2-of-cat', null);
            alter table app.users enable trigger user;
            delete from app.audit_log""");
    }

    /** From the beginning, the app does this. */
    private static void act(Clone clone, String... statements) throws SQLException {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            for (var statement : statements) {
                Expect.works("course_app may still do this: " + statement, () -> Sql.execute(app, statement), "A trigger that fails takes the statement with it.");
            }
        }
    }

    private static Rows lines(Clone clone) throws SQLException {
        return Sql.query(clone.owner(), """
            select record_id, action, old_row ->> 'email' as old_email, new_row ->> 'email' as new_email
            from app.audit_log order by id""");
    }
}

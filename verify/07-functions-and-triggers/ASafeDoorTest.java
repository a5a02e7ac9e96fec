import grading.*;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import lab.Login;
import org.junit.jupiter.api.*;

/** The verifier is an honest reader at the door first, and then a burglar with everything that course_app may do. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ASafeDoorTest {

    @Test @Order(1) @DisplayName("door.sql runs, as the owner")
    void runs(Clone clone, Answer answer) {
        Expect.works("door.sql runs", () -> script(clone.owner(), answer.text("door.sql")),
            "PostgreSQL's words name the place.");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("honest callers get in, whatever their search_path is")
    void honestCallers(Clone clone) throws SQLException {
        for (var path : new String[] {"app", "\"$user\", public", "playground", "''"}) {
            begin(clone);
            try (var app = app(clone, path)) {
                enters(app, "ann-7331", "workshop", "Ann");
                enters(app, "BOB-2718", "vault", "Bob");
                enters(app, "bob-2718", "workshop", null);
                enters(app, "nobody", "vault", null);
            }
            Expect.table("Visits that were noted, with search_path = " + path, Rows.columns("name", "room").row("Ann", "workshop").row("Bob", "vault"),
                asOwner(clone, "select name, room from app.entries"), "Each visit, and nothing else.");
        }
    }

    @Test @Order(3) @Needs("runs") @Hint(2) @DisplayName("the tables stay closed to course_app")
    void theTablesStayClosed(Clone clone) throws SQLException {
        try (var app = app(clone, "app")) {
            for (var statement : new String[] {"select * from app.badges", "update app.badges set room = 'vault'",
                "insert into app.badges values ('x', 'X', 'vault')", "select * from app.entries", "delete from app.entries",
                "insert into app.entries (name, room) values ('Nobody', 'vault')"}) {
                Expect.sqlState("`" + statement + "` as course_app", "42501", () -> run(app, statement), "The function is the only way in.");
            }
        }
    }

    @Test @Order(4) @Needs("honestCallers") @Hint(2) @DisplayName("a temporary table of badges opens no door")
    void temporaryBadges(Clone clone) throws SQLException {
        for (var path : new String[] {"app", "pg_temp, app", "playground, app"}) {
            begin(clone);
            try (var app = app(clone, path)) {
                run(app, "create temp table badges (code text, name text, room text)");
                run(app, "insert into pg_temp.badges values ('false', 'Eve', 'vault'); grant all on pg_temp.badges to public");
                enters(app, "false", "vault", null);
                enters(app, "bob-2718", "vault", "Bob");
            }
        }
    }

    @Test @Order(5) @Needs("honestCallers") @Hint(2) @DisplayName("a temporary table of visits hides no visit")
    void temporaryVisits(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "app")) {
            run(app, "create temp table entries (name text, room text); grant all on pg_temp.entries to public");
            enters(app, "bob-2718", "vault", "Bob");
        }
        Expect.table("Visits that were noted, while the caller had a temporary table entries", Rows.columns("name", "room").row("Bob", "vault"),
            asOwner(clone, "select name, room from app.entries"), "Nobody should walk through the door unseen.");
    }

    @Test @Order(6) @Needs("honestCallers") @Hint(1) @DisplayName("tables in the caller's schema open no door")
    void tablesInPlayground(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "playground, app")) {
            run(app, "create table playground.badges (code text, name text, room text); grant all on playground.badges to public");
            run(app, "insert into playground.badges values ('false', 'Eve', 'vault')");
            enters(app, "false", "vault", null);
            run(app, "drop table playground.badges");
        }
    }

    @Test @Order(7) @Needs("honestCallers") @Hint(1) @DisplayName("no function of the caller runs as the owner")
    void functionsOfTheCaller(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "playground, pg_catalog, app")) {
            for (var name : new String[] {"lower", "upper", "btrim", "trim"}) {
                run(app, """
                    create function playground.%s(text) returns text language plpgsql as $$
                    begin
                      execute 'grant all on app.badges to course_app';
                      return 'bob-2718';
                    exception when insufficient_privilege then return 'bob-2718';
                    end $$""".formatted(name));
            }
            enters(app, "false", "vault", null);
        }
        closed(clone, "the caller had a function lower(text) of its own");
    }

    @Test @Order(8) @Needs("honestCallers") @Hint(1) @DisplayName("no operator of the caller runs as the owner")
    void operatorsOfTheCaller(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "playground, pg_catalog, app")) {
            run(app, """
                create function playground.same(text, text) returns boolean language plpgsql as $$
                begin
                  execute 'grant all on app.badges to course_app';
                  return true;
                exception when insufficient_privilege then return true;
                end $$""");
            run(app, "create operator playground.= (leftarg = text, rightarg = text, function = playground.same)");
            enters(app, "false", "vault", null);
        }
        closed(clone, "the caller had an operator = of its own");
    }

    @Test @Order(9) @Needs("runs") @Hint(2) @DisplayName("course_app may execute it, and no other role by default")
    void onlyTheApp(Clone clone) throws SQLException {
        Expect.table("Who may execute app.enter", Rows.columns("course_app", "some_other_role").row(true, false), asOwner(clone, """
            select has_function_privilege('course_app', 'app.enter(text, text)', 'execute') as course_app,
                   has_function_privilege('pg_monitor', 'app.enter(text, text)', 'execute') as some_other_role"""),
            "What may everybody do with a new function?");
    }

    private static void enters(Connection app, String code, String room, String expected) {
        Expect.works("enter('" + code + "', '" + room + "')", () -> {
            var name = Rows.query(app, "select app.enter(?, ?)", code, room).values().getFirst().getFirst();
            Expect.equal("Who enters the " + room + " with the badge " + code, expected, name, "Which badges did the function look at, and with whose functions?");
        }, "Does the function find its tables, and may course_app execute it?");
    }

    private static void closed(Clone clone, String when) throws SQLException {
        var may = asOwner(clone, "select has_table_privilege('course_app', 'app.badges', 'select')");
        try (var owner = clone.owner().connect()) {
            run(owner, "revoke all on app.badges from course_app");
        }
        Expect.table("Whether course_app may read app.badges, after " + when, Rows.unnamed().row(false), may, "Code of the caller ran with the rights of the owner.");
    }

    /** No visits, and no functions of an earlier check. */
    private static void begin(Clone clone) throws SQLException {
        try (var owner = clone.owner().connect()) {
            run(owner, "truncate app.entries");
        }
        try (var app = clone.app().connect()) {
            run(app, """
                do $$ begin
                  execute coalesce((select string_agg(format('drop function if exists %s cascade;', oid::regprocedure), '')
                                    from pg_proc where pronamespace = 'playground'::regnamespace and proowner = 'course_app'::regrole), 'select 1');
                end $$""");
        }
    }

    private static Connection app(Clone clone, String path) throws SQLException {
        var app = clone.app().connect();
        run(app, "set statement_timeout = '10s'");
        run(app, "set search_path = " + path);
        return app;
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

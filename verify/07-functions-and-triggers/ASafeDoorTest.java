import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.*;

/** The verifier is an honest reader at the door first, and then a burglar with everything that course_app may do. */
class ASafeDoorTest {

    @Test @DisplayName("door.sql runs, as the owner")
    void runs(Clone clone, Answer answer) {
        Expect.works("door.sql runs", () -> Sql.script(clone.owner(), answer.text("door.sql")),
            "PostgreSQL's words name the place.");
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("honest callers get in, in capitals or not")
    @Promises({"opens", "nothing-else-opens", "execute"})
    void honestCallers(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "app")) {
            enters(app, "ann-7331", "workshop", "Ann");
            enters(app, "BOB-2718", "vault", "Bob");
            enters(app, "o_Hara-1%", "attic", "Piet van Dyk");
            enters(app, "bob-2718", "workshop", null);
            enters(app, "nobody", "vault", null);
        }
    }

    @Test @Needs("honestCallers") @Hint(1) @DisplayName("every visit is noted, and nothing but visits")
    @Promises("notes-visits")
    void visitsAreNoted(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "app")) {
            for (var room : new String[] {"workshop", "vault", "workshop"}) {
                Rows.query(app, "select app.enter('ann-7331', ?)", room);
            }
            Rows.query(app, "select app.enter('nobody', 'vault')");
        }
        Expect.table("Visits that were noted, after Ann came twice to her workshop and once to the vault, which is Bob's",
            Rows.columns("name", "room").row("Ann", "workshop").row("Ann", "workshop"), visits(clone), "Each visit, and nothing else.");
        begin(clone);
        try (var app = app(clone, "app")) {
            app.setAutoCommit(false);
            enters(app, "bob-2718", "vault", "Bob");
            enters(app, "BOB-2718", "vault", "Bob");
            Rows.query(app, "select app.enter('ann-7331', 'workshop'), app.enter('ann-7331', 'workshop')");
            app.commit();
        }
        Expect.table("Visits that were noted, after one transaction, in which Bob came twice, and Ann twice in one statement",
            Rows.columns("name", "room").row("Bob", "vault").row("Bob", "vault").row("Ann", "workshop").row("Ann", "workshop"), visits(clone),
            "Each call that returns a name is a visit.");
    }

    @Test @Needs("honestCallers") @Hint(1) @DisplayName("names are returned and noted as they stand in the table")
    @Promises({"opens", "notes-visits"})
    void namesOfAllKinds(Clone clone) throws SQLException {
        begin(clone);
        var visits = Rows.columns("name", "room");
        try (var owner = Sql.connect(clone.owner()); var app = app(clone, "app")) {
            var names = new ArrayList<>(EdgeData.texts());
            names.add("Κωνσταντίνα ".repeat(9) + "Παπαδοπούλου");
            names.add("Maria de la ".repeat(25) + "Cruz");
            for (int i = 0; i < names.size(); i++) {
                Rows.query(owner, "insert into app.badges values (?, ?, 'cellar') returning code", "guest-" + i, names.get(i));
                enters(app, "Guest-" + i, "cellar", names.get(i));
                visits = visits.row(names.get(i), "cellar");
            }
        }
        Expect.table("Visits of people with all kinds of names", visits, visits(clone), "The name as it is, whole.");
    }

    @Test @Needs("honestCallers") @Hint(1) @DisplayName("any badge opens its room, and no other")
    @Promises({"opens", "nothing-else-opens", "notes-visits"})
    void anyBadge(Clone clone) throws SQLException {
        begin(clone);
        var random = RandomData.create();
        var rooms = List.of("workshop", "vault", "attic");
        var roomOf = new HashMap<String, String>();
        roomOf.put("köln-7é", "vault");
        roomOf.put("жук-1", "attic");
        while (roomOf.size() < 12) {
            roomOf.put(random.word(2) + "-" + random.number(10, 99), random.oneOf(rooms));
        }
        var badges = new ArrayList<String>();
        roomOf.forEach((code, room) -> badges.add("('" + code + "', 'the owner of " + code + "', '" + room + "')"));
        Sql.execute(clone.owner(), "insert into app.badges values " + String.join(", ", badges));
        var visits = Rows.columns("name", "room");
        try (var app = app(clone, "app")) {
            var codes = List.copyOf(roomOf.keySet());
            for (var code : List.of("köln-7é", "жук-1")) {
                enters(app, Sql.text(clone.owner(), "select upper('" + code + "')"), roomOf.get(code), "the owner of " + code); // of the database's locale
                visits = visits.row("the owner of " + code, roomOf.get(code));
            }
            for (int call = 0; call < 30; call++) {
                var code = random.oneOf(codes);
                var room = random.coin() ? roomOf.get(code) : random.oneOf(rooms);
                var name = roomOf.get(code).equals(room) ? "the owner of " + code : null;
                enters(app, random.coin() ? Sql.text(clone.owner(), "select upper('" + code + "')") : code, room, name); // of the database's locale
                visits = name == null ? visits : visits.row(name, room);
            }
        }
        Expect.table("Visits that were noted in 32 calls", visits, visits(clone), "Each visit, and nothing else.");
    }

    @Test @Needs("honestCallers") @Hint(1) @DisplayName("no other characters open a door")
    @Promises({"nothing-else-opens", "notes-visits"})
    void onlyTheWholeCode(Clone clone) throws SQLException {
        begin(clone);
        var tries = new ArrayList<>(List.of("bob-271", "bob-27181", " bob-2718", "bob-2718 ", "\tbob-2718\n", "bob_2718", "bob%", "%", "bob.2718", ".*", "^",
            "x' or '1'='1", "x' or true --", "' or room = 'vault", "bob-2718' --", "'||'", "$$ or true --", "%s", "%1$s", "\\' or true --"));
        tries.addAll(EdgeData.texts());
        try (var app = app(clone, "app")) {
            for (var text : tries) {
                enters(app, text, "vault", null);
                enters(app, "bob-2718", text, null);
            }
            enters(app, "OXHARA-1%", "attic", null);
            // Small letters that share their capital with another small letter.
            Sql.execute(clone.owner(), "insert into app.badges values ('kiss-7', 'Kit', 'cellar')");
            enters(app, "k\u0131ss-7", "cellar", null);
            enters(app, "ki\u017fs-7", "cellar", null);
            enters(app, "bob-2718", "VAULT", null);
            enters(app, null, "vault", null);
            enters(app, "bob-2718", null, null);
        }
        Expect.table("Visits that were noted, while no door opened", Rows.columns("name", "room"), visits(clone), "Who was not let in was not there.");
    }

    @Test @Needs("onlyTheWholeCode") @Hint(1) @DisplayName("nor those that nobody sees: ends of lines, blanks of all kinds, marks without width")
    @Promises({"nothing-else-opens", "notes-visits"})
    void nothingInvisible(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "app")) {
            for (var text : List.of("\n", "\r\n", "\r", "\t", "\u000b", "\f", "\u0001", "\u007f", "\u0085", "\u00a0", "\u00ad", "\u0301", "\u2003", "\u200b", "\u200d", "\u200e", "\u2028",
                    "\u2029", "\u3000", "\ufe0f", "\ufeff")) {
                var which = "U+" + text.codePoints().mapToObj(letter -> String.format("%04X", letter)).collect(Collectors.joining(" U+"));
                for (var code : List.of("bob-2718" + text, text + "BOB-2718", "bob-" + text + "2718")) {
                    closed(app, code, "vault", "Who enters the vault with bob-2718 and " + which);
                }
                for (var room : List.of("vault" + text, text + "vault")) {
                    closed(app, "bob-2718", room, "Who enters the vault, with " + which + " in its name");
                }
            }
        }
        Expect.table("Visits that were noted, while no door opened", Rows.columns("name", "room"), visits(clone), "Who was not let in was not there.");
    }

    @Test @Needs("honestCallers") @Hint(1) @DisplayName("it works with any search_path, and leaves it alone")
    @Promises("any-path")
    void anyPath(Clone clone) throws SQLException {
        for (var path : new String[] {"\"$user\", public", "playground", "playground, pg_catalog, app", "''"}) {
            begin(clone);
            try (var app = app(clone, path)) {
                app.setAutoCommit(false);
                var before = Rows.query(app, "show search_path");
                enters(app, "BOB-2718", "vault", "Bob");
                enters(app, "nobody", "vault", null);
                Expect.table("The caller's search_path, after two calls", before, Rows.query(app, "show search_path"), "The path is the caller's.");
                app.commit();
                var session = Rows.query(app, "show search_path");
                Sql.execute(app, "set local search_path = playground, public");
                Rows.query(app, "select app.enter('nobody', 'vault')");
                Expect.table("A search_path that was set for the transaction, after a call", Rows.unnamed().row("playground, public"),
                    Rows.query(app, "show search_path"), "The path is the caller's.");
                app.commit();
                Expect.table("The caller's search_path after a transaction that had one of its own, and called", session, Rows.query(app, "show search_path"),
                    "What does setting it back mean for the session?");
                app.commit();
            }
            Expect.table("Visits that were noted, with search_path = " + path, Rows.columns("name", "room").row("Bob", "vault"), visits(clone),
                "Each visit, and nothing else.");
        }
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("the tables stay closed to course_app")
    @Promises("tables-closed")
    void theTablesStayClosed(Clone clone) throws SQLException {
        try (var app = app(clone, "app")) {
            for (var statement : new String[] {"select * from app.badges", "update app.badges set room = 'vault'",
                "insert into app.badges values ('x', 'X', 'vault')", "delete from app.badges", "truncate app.badges", "select * from app.entries",
                "update app.entries set room = 'vault'", "delete from app.entries", "insert into app.entries (name, room) values ('Nobody', 'vault')"}) {
                Expect.sqlState("`" + statement + "` as course_app", "42501", () -> Sql.execute(app, statement), "The function is the only way in.");
            }
        }
        Expect.table("Other things of the owner that are open to course_app", Rows.unnamed(), Sql.query(clone.owner(), """
            select p.oid::regprocedure::text from pg_proc p
            where proowner = 'course_owner'::regrole and prosecdef and p.oid <> 'app.enter(text, text)'::regprocedure
              and has_function_privilege('course_app', p.oid, 'execute')
            union all
            select c.oid::regclass::text from pg_class c
            where relowner = 'course_owner'::regrole and (relkind in ('r', 'p', 'v', 'm', 'f')
              and has_table_privilege('course_app', c.oid, 'select, insert, update, delete, truncate, references, trigger')
              or relkind in ('r', 'p', 'v', 'm', 'f') and has_any_column_privilege('course_app', c.oid, 'select, insert, update, references'))"""),
            "A helper is a door as well. Who may open it?");
    }

    @Test @Needs("honestCallers") @Hint(2) @DisplayName("a temporary table of badges opens no door")
    @Promises("nothing-of-the-caller")
    void temporaryBadges(Clone clone) throws SQLException {
        for (var path : new String[] {"app", "pg_temp, app", "playground, app"}) {
            begin(clone);
            try (var app = app(clone, path)) {
                if (path.equals("app")) {
                    enters(app, "false", "vault", null); // what a session remembers of its first call
                }
                Sql.execute(app, "create temp table badges (code text, name text, room text)");
                Sql.execute(app, "insert into pg_temp.badges values ('false', 'Eve', 'vault'); grant all on pg_temp.badges to public");
                enters(app, "false", "vault", null);
                enters(app, "bob-2718", "vault", "Bob");
            }
        }
    }

    @Test @Needs("honestCallers") @Hint(2) @DisplayName("a temporary table of visits hides no visit")
    @Promises("nothing-of-the-caller")
    void temporaryVisits(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "app")) {
            Sql.execute(app, "create temp table entries (name text, room text); grant all on pg_temp.entries to public");
            enters(app, "bob-2718", "vault", "Bob");
        }
        Expect.table("Visits that were noted, while the caller had a temporary table entries", Rows.columns("name", "room").row("Bob", "vault"),
            visits(clone), "Nobody should walk through the door unseen.");
    }

    @Test @Needs("honestCallers") @Hint(1) @DisplayName("tables in the caller's schema open no door")
    @Promises("nothing-of-the-caller")
    void tablesInPlayground(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "playground, app")) {
            Sql.execute(app, "create table playground.badges (code text, name text, room text); grant all on playground.badges to public");
            Sql.execute(app, "insert into playground.badges values ('false', 'Eve', 'vault')");
            Sql.execute(app, "create table playground.entries (name text, room text); grant all on playground.entries to public");
            enters(app, "false", "vault", null);
            enters(app, "bob-2718", "vault", "Bob");
            Sql.execute(app, "drop table playground.badges, playground.entries");
        }
        Expect.table("Visits that were noted, while the caller had a table playground.entries", Rows.columns("name", "room").row("Bob", "vault"),
            visits(clone), "Nobody should walk through the door unseen.");
    }

    @Test @Needs("honestCallers") @Hint(1) @DisplayName("no function of the caller runs as the owner")
    @Promises("nothing-of-the-caller")
    void functionsOfTheCaller(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "playground, pg_catalog, app")) {
            Sql.execute(app, """
                do $do$
                declare
                  v_name text;
                begin
                  foreach v_name in array array['lower', 'upper', 'btrim', 'initcap', 'ltrim', 'rtrim', 'quote_literal', 'length', 'md5', 'casefold', 'text', 'min', 'max'] loop
                    execute format($f$create function playground.%I(text) returns text language plpgsql as $body$
                      begin
                        execute 'grant all on app.badges to course_app';
                        return 'bob-2718';
                      exception when insufficient_privilege then return 'bob-2718';
                      end $body$ $f$, v_name);
                  end loop;
                end $do$""");
            enters(app, "false", "vault", null);
        }
        closed(clone, "the caller had a function lower(text) of its own");
    }

    @Test @Needs("honestCallers") @Hint(1) @DisplayName("no operator of the caller runs as the owner")
    @Promises("nothing-of-the-caller")
    void operatorsOfTheCaller(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "playground, pg_catalog, app")) {
            Sql.execute(app, """
                create function playground.same(text, text) returns boolean language plpgsql as $$
                begin
                  execute 'grant all on app.badges to course_app';
                  return true;
                exception when insufficient_privilege then return true;
                end $$;
                do $$
                declare
                  v_name text;
                begin
                  foreach v_name in array array['=', '<>', '~', '~~', '~*', '~~*', '^@', '<=', '>='] loop
                    execute format('create operator playground.%s (leftarg = text, rightarg = text, function = playground.same)', v_name);
                  end loop;
                end $$""");
            enters(app, "false", "vault", null);
        }
        closed(clone, "the caller had an operator = of its own");
    }

    @Test @Needs("honestCallers") @Hint(2) @DisplayName("no type of the caller's runs code as the owner")
    @Promises("nothing-of-the-caller")
    void typesOfTheCaller(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "app")) {
            peeker(app, "peek");
            for (var type : new String[] {"text", "name", "varchar", "record"}) {
                Sql.execute(app, "create domain pg_temp." + type + " as pg_catalog.text check (playground.peek(value))");
            }
            enters(app, "false", "vault", null);
            enters(app, "bob-2718", "vault", "Bob");
        }
        closed(clone, "the caller had a temporary type called text, with a check of its own");
    }

    @Test @Needs("honestCallers") @Hint(2) @DisplayName("nor one that is called like any type of PostgreSQL")
    @Promises("nothing-of-the-caller")
    void typesOfAnyName(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone, "app")) {
            peeker(app, "peek_too");
            Sql.execute(app, """
                do $$
                declare v_type pg_catalog.name;
                begin
                  for v_type in select typname from pg_catalog.pg_type where typnamespace = 'pg_catalog'::regnamespace and typtype = 'b'
                      and typname in ('timestamptz', 'timestamp', 'date', 'time', 'interval', 'bool', 'int2', 'int4', 'int8', 'numeric', 'float8', 'uuid', 'bpchar', 'jsonb') loop
                    execute pg_catalog.format('create domain pg_temp.%I as pg_catalog.%1$I check (playground.peek_too(value::pg_catalog.text))', v_type);
                  end loop;
                end $$""");
            enters(app, "false", "vault", null);
            enters(app, "bob-2718", "vault", "Bob");
        }
        closed(clone, "the caller had temporary types called timestamptz, bool and so on, with checks of their own");
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("course_app may execute it, and no other role by default")
    @Promises("execute")
    void onlyTheApp(Clone clone) throws SQLException {
        Expect.table("Who may execute app.enter", Rows.columns("course_app", "some_other_role").row(true, false), Sql.query(clone.owner(), """
            select has_function_privilege('course_app', 'app.enter(text, text)', 'execute') as course_app,
                   has_function_privilege('pg_monitor', 'app.enter(text, text)', 'execute') as some_other_role"""),
            "What may everybody do with a new function?");
    }

    /** Code of the caller's: where it runs as the owner, it opens the badges to him. */
    private static void peeker(Connection app, String name) throws SQLException {
        Sql.execute(app, """
            create function playground.%s(pg_catalog.text) returns boolean language plpgsql as $$
            begin
              execute 'grant all on app.badges to course_app';
              return true;
            exception when insufficient_privilege then return true;
            end $$""".formatted(name));
    }

    private static void enters(Connection app, String code, String room, String expected) {
        Expect.works("enter('" + code + "', '" + room + "')", () -> {
            var name = Rows.query(app, "select app.enter(?, ?)", code, room).values().getFirst().getFirst();
            Expect.equal("Who enters the " + room + " with the badge " + code, expected, name, "Which badges did the function look at, and with whose functions?");
        }, "Where does the function look for its tables, and may course_app execute it?");
    }

    private static void closed(Connection app, String code, String room, String what) {
        Expect.works(what, () -> Expect.equal(what, null, Rows.query(app, "select app.enter(?, ?)", code, room).values().getFirst().getFirst(),
            "It is another code, or another room, by a character that a reader or a keyboard may send along."), "It opens nothing, and returns null.");
    }

    /** Whether code of the caller's has run with the rights of the owner: it would have opened the table. */
    private static void closed(Clone clone, String when) throws SQLException {
        var may = Sql.query(clone.owner(), "select has_table_privilege('course_app', 'app.badges', 'select')");
        Sql.execute(clone.owner(), "revoke all on app.badges from course_app");
        Expect.table("Whether course_app may read app.badges, after " + when, Rows.unnamed().row(false), may, "Code of the caller ran with the rights of the owner.");
    }

    private static Rows visits(Clone clone) throws SQLException {
        return Sql.query(clone.owner(), "select name, room from app.entries");
    }

    /** The badges of the beginning and one more, no visits, and no functions of an earlier check. */
    private static void begin(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), """
            truncate app.entries, app.badges;
            insert into app.badges values ('ann-7331', 'Ann', 'workshop'), ('bob-2718', 'Bob', 'vault'), ('o_hara-1%', 'Piet van Dyk', 'attic')""");
        Sql.execute(clone.app(), """
            do $$ begin
              execute coalesce((select string_agg(format('drop function if exists %s cascade;', oid::regprocedure), '')
                                from pg_proc where pronamespace = 'playground'::regnamespace and proowner = 'course_app'::regrole), 'select 1');
            end $$""");
    }

    private static Connection app(Clone clone, String path) throws SQLException {
        var app = Sql.connect(clone.app());
        Sql.execute(app, "set search_path = " + path);
        return app;
    }
}

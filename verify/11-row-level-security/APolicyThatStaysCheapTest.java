import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.*;

/** User n is in teams 2n and 2n + 1, modulo 2000; the documents of a team are those whose number leaves its rest. */
class APolicyThatStaysCheapTest {
    private static final String PRIVILEGES = """
        select relname::text, relacl::text, relowner::regrole::text, reloptions::text,
          (select string_agg(format('%s %s', attname, attacl), ', ' order by attnum) from pg_attribute where attrelid = c.oid and attacl is not null)
        from pg_class c where relnamespace = 'app'::regnamespace and relkind in ('r', 'v') order by relname""";
    private static final String CONTENT = """
        select 'documents', count(*), md5(string_agg(d::text, ' ' order by id)) from app.documents d
        union all select 'members', count(*), md5(string_agg(m::text, ' ' order by team_id, user_name)) from app.members m""";
    private static CatalogSnapshot before;
    private static CatalogSnapshot after;
    private static Rows privileges;
    private static Rows content;

    @Test @DisplayName("policies.sql runs, as the owner")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.of(clone);
        privileges = Sql.query(clone.owner(), PRIVILEGES);
        content = Sql.query(clone.owner(), CONTENT);
        Expect.works("policies.sql runs", () -> Sql.script(clone.owner(), answer.text("policies.sql")), "PostgreSQL's words name the place.");
        after = CatalogSnapshot.of(clone);
        Sql.execute(clone.owner(), "analyze app.members");
        Sql.execute(clone.owner(), "analyze app.documents");
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("only functions, policies and indexes are new")
    @Promises("nothing-else")
    void nothingElse(Clone clone) throws SQLException {
        Expect.table("The rows", content, Sql.query(clone.owner(), CONTENT), "They stay as they are.");
        Expect.nothingElseChanged("What else is new, changed or gone", before, after, "Functions, policies and indexes.",
            "new: policy ", "gone: policy ", "changed: policy ", "new: function ", "changed: function ", "gone: function ", "new: index ",
            "changed: table app\\.members, was ");
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("everybody finds the documents of their teams, and nobody none")
    @Promises("same-rows")
    void sameRows(Clone clone) throws SQLException {
        var random = RandomData.create();
        for (var user : List.of(0, random.number(10, 900))) {
            try (var app = as(clone, "user" + user)) {
                finds(app, "user" + user, documents(2 * user % 2000, (2 * user + 1) % 2000));
            }
        }
        for (var name : List.of("User7", "user7 ", "nobody of this name", "user%", "user_", "' or true --")) {
            try (var app = as(clone, name)) {
                findsNone(app, name);
            }
        }
        for (var setting : List.of("", "select set_config('app.user', '', false)", "begin; select set_config('app.user', 'user7', true); commit")) {
            try (var app = Sql.connect(clone.app())) {
                if (!setting.isEmpty()) {
                    Sql.execute(app, setting);
                }
                findsNone(app, "nobody, after `" + setting + "`");
            }
        }
        var names = EdgeData.texts().stream().filter(name -> !name.isEmpty()).toArray(String[]::new);
        Sql.query(clone.owner(), "with made as (insert into app.members select team, name from unnest(?::text[]) name, generate_series(77, 78) team returning 1) select count(*) from made",
            (Object) names);
        try (var app = as(clone, "nobody of this name")) {
            for (var name : names) {
                Rows.query(app, "select set_config('app.user', ?, true)", name);
                Expect.equal("Documents 77, 78 and 79, for " + (name.length() > 40 ? "a user with a long name" : name) + ", who is in teams 77 and 78", List.of(List.of("77"), List.of("78")),
                    Rows.query(app, "select id::text from app.documents d where id in (77, 78, 79) order by d.id").values(), "The name as it is.");
            }
        } finally {
            Sql.query(clone.owner(), "with gone as (delete from app.members where user_name = any (?::text[]) returning 1) select count(*) from gone", (Object) names);
        }
    }

    @Test @Needs("sameRows") @Hint(1) @DisplayName("so does every other role that may read documents")
    @Promises("same-rows")
    void everyRole(Clone clone) throws SQLException {
        var report = clone.observer().user();
        Sql.execute(clone.owner(), "grant usage on schema app to " + report + "; grant select on app.documents to " + report);
        try (var reader = Sql.connect(clone.observer())) {
            Rows.query(reader, "select set_config('app.user', 'user7', false)");
            finds(reader, "user7, for whom a report connects as another role", documents(14, 15));
        } finally {
            Sql.execute(clone.owner(), "revoke select on app.documents from " + report + "; revoke usage on schema app from " + report);
        }
    }

    @Test @Needs("sameRows") @Hint(2) @DisplayName("a user's documents cost few pages")
    @Promises("few-pages")
    void fewPages(Clone clone) throws SQLException {
        for (var user : List.of(7, 500)) {
            try (var app = as(clone, "user" + user)) {
                cheap(app, 100, "select id, title, body from app.documents");
                cheap(app, 100, "select id from app.documents where lower(title) = 'title " + (2 * user + 2000) + "'");
                cheap(app, 20, "select body from app.documents where id = " + (2 * user + 2000));
                cheap(app, 20, "select body from app.documents where id = " + (2 * user + 2002));
            }
        }
        try (var app = Sql.connect(clone.app())) {
            cheap(app, 100, "select id from app.documents");
        }
    }

    @Test @Needs("sameRows") @Hint(1) @DisplayName("memberships count at once")
    @Promises("at-once")
    void atOnce(Clone clone) throws SQLException {
        for (var isolation : List.of(true, false)) {
            try (var app = Sql.connect(clone.app())) {
                Rows.query(app, "select set_config('app.user', 'newcomer', false)");
                app.setAutoCommit(isolation);
                finds(app, "newcomer, in no team", List.of());
                Sql.execute(clone.owner(), "insert into app.members values (11, 'newcomer')");
                finds(app, "newcomer, in team 11 since a moment", documents(11));
                Sql.execute(clone.owner(), "insert into app.members values (12, 'newcomer')");
                finds(app, "newcomer, in team 12 as well", documents(11, 12));
                Sql.execute(clone.owner(), "delete from app.members where user_name = 'newcomer' and team_id = 11");
                finds(app, "newcomer, who has left team 11", documents(12));
                Sql.execute(clone.owner(), "delete from app.members where user_name = 'newcomer'");
                finds(app, "newcomer, who has left both", List.of());
                Rows.query(app, "select set_config('app.user', 'user8', false)");
                finds(app, "user8, on the connection of another", documents(16, 17));
                if (!isolation) {
                    app.commit();
                }
            }
        }
    }

    @Test @Needs("sameRows") @Hint(1) @DisplayName("nobody writes for a team that is not theirs")
    @Promises("own-teams-only")
    void ownTeamsOnly(Clone clone) throws SQLException {
        for (var statement : List.of("insert into app.documents values (50000, 16, 'x', 'x')", "update app.documents set team_id = 16 where id = 14",
                "insert into app.documents values (16, 14, 'x', 'x') on conflict (id) do update set title = 'mine'",
                "insert into app.documents values (14, 14, 'x', 'x') on conflict (id) do update set team_id = 16")) {
            try (var app = as(clone, "user7")) {
                Expect.sqlState("`" + statement + "` as user7, who is in teams 14 and 15", "42501", () -> Sql.execute(app, statement), "What is a new row checked with?");
            }
        }
        try (var app = Sql.connect(clone.app())) {
            Expect.sqlState("An insert by nobody", "42501", () -> Sql.execute(app, "insert into app.documents values (50000, 1999, 'x', 'x')"), "What is a new row checked with?");
        }
        for (var statement : List.of("delete from app.documents", "update app.documents set title = 'x'")) {
            try (var app = as(clone, "user7"); var change = app.createStatement()) {
                Expect.equal("Rows of `" + statement + "`, as user7, who has forty documents", 40, change.executeUpdate(statement), "A statement without a condition reads nothing. Which policies are asked then?");
                app.rollback();
            }
        }
        try (var app = as(clone, "user7")) {
            gives(app, "with changed as (update app.documents set title = 'x' where team_id not in (14, 15) returning 1) select count(*)::text from changed", "0");
            gives(app, "with gone as (delete from app.documents where id = 16 returning 1) select count(*)::text from gone", "0");
            gives(app, "with made as (insert into app.documents values (50000, 14, 'x', 'x'), (50001, 15, 'x', 'x') returning 1) select count(*)::text from made", "2");
            gives(app, "with changed as (update app.documents set title = 'y', team_id = 15 where id = 50000 returning 1) select count(*)::text from changed", "1");
            gives(app, "with gone as (delete from app.documents where id >= 50000 returning 1) select count(*)::text from gone", "2");
            app.rollback();
        }
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("memberships stay closed")
    @Promises("members-closed")
    void membersClosed(Clone clone) throws SQLException {
        try (var app = Sql.connect(clone.app())) {
            for (var statement : List.of("select * from app.members", "select team_id from app.members", "insert into app.members values (1, 'user7')",
                    "update app.members set team_id = 1", "delete from app.members", "truncate app.members")) {
                Expect.sqlState("`" + statement + "` as course_app", "42501", () -> Sql.execute(app, statement), "Who may read members? The function reads with the rights of its owner.");
            }
        }
        Expect.table("Who may do what", privileges, Sql.query(clone.owner(), PRIVILEGES), "Privileges stay as they are, and a view is a table as well.");
        var open = Sql.query(clone.owner(), """
            select oid::regproc::text, array_to_string(proargtypes::regtype[], ',') from pg_proc
            where pronamespace = 'app'::regnamespace and prosecdef and pronargs = 1 and has_function_privilege('course_app', oid, 'execute')""");
        for (var function : open.values()) {
            if (List.of("text", "character varying", "name").contains(function.getLast())) {
                try (var app = as(clone, "user7")) {
                    var told = Rows.query(app, "select * from " + function.getFirst() + "('user9')").values();
                    Expect.that("What " + function.getFirst() + "('user9') tells user7", told.stream().flatMap(List::stream).allMatch(value -> value == null || String.valueOf(value).matches("false|\\{}")),
                        "nothing", told, "Whose teams may user7 know?");
                }
            }
        }
        for (var team : List.of(14, 18)) {
            for (var function : open.values()) {
                if (List.of("integer", "bigint").contains(function.getLast())) {
                    try (var app = as(clone, "user7")) {
                        var told = String.valueOf(Rows.query(app, "select * from " + function.getFirst() + "(" + team + ")").values());
                        Expect.that("What " + function.getFirst() + "(" + team + ") tells user7", !told.contains("user9"), "nothing of user9", told, "Whose teams may user7 know?");
                    }
                }
            }
        }
    }

    @Test @Needs({"ownTeamsOnly", "membersClosed"}) @Promises({"same-rows", "own-teams-only"}) @DisplayName("a table of the caller's own that is called members changes nothing")
    void whatTheCallerMakes(Clone clone) throws SQLException {
        try (var app = as(clone, "user7")) {
            Sql.execute(app, "create temp table members (team_id int, user_name text) on commit drop; grant select on members to public; insert into members select n, 'user7' from generate_series(0, 1999) n");
            finds(app, "user7, who has a temporary table members in which user7 is in all teams,", documents(14, 15));
            Expect.sqlState("An insert for team 16, after that", "42501", () -> Sql.execute(app, "insert into app.documents values (50000, 16, 'x', 'x')"), "Where does the function look first for a name without a schema?");
        }
    }

    private static void finds(Connection app, String who, List<String> expected) {
        Expect.works("Reading documents as " + who, () -> Expect.equal("Documents that " + who + " finds", expected,
            Rows.query(app, "select format('%s of team %s', count(*), team_id) from app.documents d group by team_id order by team_id").values().stream().map(List::getFirst).toList(),
            "Those of the user's teams, and no others."), "With whose rights does the policy read members, and what of a setting that is not there?");
    }

    /** Looks at a few documents by their ids, which is quick whatever the policy does. */
    private static void findsNone(Connection app, String who) {
        Expect.works("Reading documents as " + who, () -> Expect.equal("Documents 14, 15, 1999 and 3999 that " + who + " finds", List.of(),
            Rows.query(app, "select id::text from app.documents where id in (14, 15, 1999, 3999)").values(),
            "Those of the user's teams, and no others."), "With whose rights does the policy read members, and what of a setting that is not there?");
    }

    private static void cheap(Connection app, int most, String query) throws SQLException {
        Rows.query(app, query); // a session that asks for the first time reads catalogs
        var plan = QueryPlan.of(app, query);
        Expect.that("`" + query + "`", plan.buffers() <= most, "at most " + most + " pages", plan, "How often is the function called, and what does each condition find its rows by?");
    }

    private static void gives(Connection app, String sql, String expected) {
        Expect.works("`" + sql + "` as user7", () -> Expect.equal("What `" + sql + "` gives user7", expected, Rows.query(app, sql).values().getFirst().getFirst(),
            "Reading and writing have the same limits."), "Reading and writing have the same limits.");
    }

    private static List<String> documents(int... teams) {
        return java.util.Arrays.stream(teams).mapToObj(team -> "20 of team " + team).toList();
    }

    /** A connection in a transaction that names its user. */
    private static Connection as(Clone clone, String user) throws SQLException {
        var app = Sql.connect(clone.app());
        app.setAutoCommit(false);
        Rows.query(app, "select set_config('app.user', ?, true)", user);
        return app;
    }
}

import grading.*;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.*;

/** The verifier is the application of several tenants, of nobody, and the owner. Each check begins with the same rows. */
class AWallBetweenTenantsTest {
    private static final String ROWS = "(select 'note' as kind, tenant, id, title as text from app.notes union all select 'comment', tenant, note_id, body from app.comments) r";
    private static final String PRIVILEGES = """
        select relname::text, relacl::text, relowner::regrole::text,
          (select string_agg(format('%s %s', attname, attacl), ', ' order by attnum) from pg_attribute where attrelid = c.oid and attacl is not null)
        from pg_class c where relnamespace = 'app'::regnamespace and relkind in ('r', 'v') order by relname""";
    private static CatalogSnapshot before;
    private static CatalogSnapshot after;
    private static Rows privileges;
    private static Rows rows;

    @Test @DisplayName("wall.sql runs, as the owner")
    void runs(Clone clone, Answer answer) throws SQLException {
        before = CatalogSnapshot.of(clone);
        privileges = Sql.query(clone.owner(), PRIVILEGES);
        rows = all(clone);
        Expect.works("wall.sql runs", () -> Sql.script(clone.owner(), answer.text("wall.sql")), "PostgreSQL's words name the place.");
        after = CatalogSnapshot.of(clone);
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("only policies are new, and rows and privileges as they were")
    @Promises("nothing-else")
    void nothingElse(Clone clone) throws SQLException {
        Expect.table("The rows", rows, all(clone), "They belong to the tenants.");
        Expect.table("Who may do what", privileges, Sql.query(clone.owner(), PRIVILEGES), "Policies come on top of privileges, and change none.");
        Expect.nothingElseChanged("What else is new, changed or gone", before, after, "Policies, and functions that they use.",
            "new: policy ", "new: function ", "changed: table app\\.(notes|comments), was", "changed: view app\\.titles, was");
        Expect.table("Columns of the view", Rows.columns("tenant", "title", "comments"), Sql.query(clone.owner(), "select * from app.titles where false"),
            "The application reads it.");
    }

    @Test @Needs("runs") @Hint(2) @DisplayName("a tenant finds its own rows, without a where")
    @Promises("own-rows")
    void ownRows(Clone clone) throws SQLException {
        begin(clone);
        for (var tenant : List.of("alice", "bob")) {
            try (var app = as(clone, tenant)) {
                Expect.table("What " + tenant + " finds in notes", notes(tenant), Rows.query(app, "select * from app.notes"),
                    "Which rows does the policy let through?");
                Expect.table("What " + tenant + " finds in comments", comments(tenant), Rows.query(app, "select * from app.comments"),
                    "There are two tables.");
                Expect.table("What " + tenant + " locks", notes(tenant), Rows.query(app, "select * from app.notes for update"),
                    "Locking asks the policies for select and for update.");
            }
        }
    }

    @Test @Needs("ownRows") @Hint(2) @DisplayName("it writes its own rows, without a where, and leaves those of others")
    @Promises("own-rows")
    void ownWrites(Clone clone) throws SQLException {
        for (var tenant : List.of("alice", "bob")) {
            begin(clone);
            var others = ofOthers(clone, tenant);
            try (var app = as(clone, tenant)) {
                gives(app, tenant, "insert into app.notes values (?, 7, 'new') returning title", "new", tenant);
                gives(app, tenant, "insert into app.comments values (?, 7, 'new') returning body", "new", tenant);
                gives(app, tenant, "insert into app.notes values (?, 7, 'other') on conflict (tenant, id) do update set title = excluded.title returning title", "other", tenant);
                gives(app, tenant, "insert into app.notes values (?, 8, 'eight') on conflict do nothing returning title", "eight", tenant);
                gives(app, tenant, "with changed as (update app.comments set body = body || '!' returning 1) select count(*) from changed",
                    comments(tenant).values().size() + 1L);
                gives(app, tenant, "with changed as (update app.notes set title = title || '!' returning 1) select count(*) from changed",
                    notes(tenant).values().size() + 2L);
                Expect.works("`delete from app.notes where id = 7`, as " + tenant, () -> Sql.execute(app, "delete from app.notes where id = 7"), "It is its own.");
                gives(app, tenant, "select count(*) from app.comments where note_id = 7", 0L);
                gives(app, tenant, "with gone as (delete from app.comments returning 1) select count(*) from gone", comments(tenant).values().size() + 0L);
                gives(app, tenant, "with gone as (delete from app.notes returning 1) select count(*) from gone", notes(tenant).values().size() + 1L);
                app.commit();
            }
            Expect.table("Rows of others, after " + tenant + " has changed and deleted all that it found", others, ofOthers(clone, tenant),
                "An update or delete without a `where` is for the rows that it sees.");
        }
    }

    @Test @Needs("ownRows") @Hint(2) @DisplayName("nobody writes for another")
    @Promises("no-foreign-rows")
    void noForeignRows(Clone clone) throws SQLException {
        begin(clone);
        for (var statement : List.of("insert into app.notes values ('bob', 9, 'I resign')", "insert into app.notes values ('', 9, 'x')",
                "insert into app.comments values ('bob', 1, 'Yes')", "update app.notes set tenant = 'bob' where id = 2",
                "update app.comments set tenant = 'bob'", "insert into app.notes values ('bob', 1, 'x') on conflict (tenant, id) do update set title = 'x'",
                "insert into app.notes values ('alice', 1, 'x') on conflict (tenant, id) do update set tenant = 'bob', id = 9",
                "insert into app.notes values ('bob', 9, 'x') on conflict do nothing")) {
            try (var app = as(clone, "alice")) {
                Expect.sqlState("`" + statement + "` as alice", "42501", () -> Sql.execute(app, statement), "What is a row that is to be checked with?");
            }
        }
    }

    @Test @Needs("ownRows") @Hint(2) @DisplayName("nobody finds nothing, and gets no error")
    @Promises("nobody")
    void nobody(Clone clone) throws SQLException {
        begin(clone);
        tenantsOfTheAnswer(clone);
        for (var ended : List.of("", "begin; select set_config('app.tenant', 'alice', true); commit", "begin; select set_config('app.tenant', 'alice', true); rollback",
                "set app.tenant = ''", "set app.tenant = 'alice'; reset app.tenant", "set app.tenant = 'alice'; discard all")) {
            for (var table : List.of("app.notes", "app.comments")) {
                try (var app = Sql.connect(clone.app())) {
                    if (ended.endsWith("discard all")) {
                        Sql.execute(app, "set app.tenant = 'alice'");
                        Sql.execute(app, "discard all");
                    } else if (!ended.isEmpty()) {
                        Sql.execute(app, ended);
                    }
                    Expect.works("Reading " + table + " after `" + ended + "`", () ->
                        Expect.equal("Rows of " + table + " that nobody finds, after `" + ended + "`", 0, Rows.query(app, "select * from " + table).values().size(),
                            "What is `app.tenant` then, and what is equal to that?"), "What does current_setting say of a setting that is not there?");
                    Expect.equal("Rows of " + table + " that nobody deletes, after `" + ended + "`", "0",
                        one(app, "with gone as (delete from " + table + " returning 1) select count(*) from gone"), "Deleting is finding, too.");
                }
            }
        }
    }

    /** Rows of tenants that have the name of each text in the answer: there is no name for nobody that nobody else may have. */
    private static void tenantsOfTheAnswer(Clone clone) throws SQLException {
        change(clone, """
            create temp table said as
            select distinct name[1] as name from (
              select pg_get_expr(polqual, polrelid) from pg_policy union all select prosrc from pg_proc where pronamespace = 'app'::regnamespace
              union all select 'coalesce(x, ''nobody'', ''none'', ''null'', ''-'', ''anonymous'', ''*'')') code (text),
              regexp_matches(text, $$'([^']+)'$$, 'g') name;
            insert into app.notes select name, 1, 'of ' || name from said on conflict do nothing;
            insert into app.comments select name, 1, 'by ' || name from said on conflict do nothing;
            drop table said""");
    }

    @Test @Needs("ownRows") @Hint(1) @DisplayName("the view shows what the tables show")
    @Promises("views")
    void throughTheView(Clone clone) throws SQLException {
        begin(clone);
        var random = RandomData.create();
        var notes = random.number(2, 9);
        change(clone, "insert into app.notes select 'bob', n, 'note ' || n from generate_series(2, " + notes + ") n");
        for (var tenant : List.of("alice", "bob", "carol")) {
            try (var app = as(clone, tenant)) {
                var expected = Rows.columns("tenant", "title", "comments");
                if (tenant.equals("alice")) {
                    expected = expected.row("alice", "Buy cat food", 1L).row("alice", "Learn SQL", 0L);
                } else if (tenant.equals("bob")) {
                    expected = expected.row("bob", "Ask for a raise", 2L);
                    for (int n = 2; n <= notes; n++) {
                        expected = expected.row("bob", "note " + n, 0L);
                    }
                }
                var titles = expected;
                Expect.works("Reading app.titles as " + tenant, () -> Expect.table("What app.titles shows " + tenant, titles,
                    Rows.query(app, "select tenant, title, comments from app.titles"), "With whose rights does it read?"), "The application reads it.");
            }
        }
        try (var app = Sql.connect(clone.app())) {
            Sql.execute(app, "begin; select set_config('app.tenant', 'alice', true); commit");
            Expect.equal("Titles that app.titles shows nobody", List.of(), Rows.query(app, "select title from app.titles").values(), "With whose rights does it read?");
        }
    }

    @Test @Needs("runs") @Hint(1) @DisplayName("the owner works for all tenants")
    @Promises("owner-as-before")
    void theOwner(Clone clone) throws SQLException {
        for (var setting : List.of("", "alice", "nobody of this name")) {
            begin(clone);
            try (var owner = Sql.connect(clone.owner())) {
                Rows.query(owner, "select set_config('app.tenant', ?, false)", setting);
                for (var count : List.of("notes;5", "comments;5", "titles;5")) {
                    var halves = count.split(";");
                    Expect.works("Inserting for anybody, as the owner", () -> {
                        if (halves[0].equals("titles")) {
                            return;
                        }
                        Sql.execute(owner, "insert into app." + halves[0] + " values ('bob', " + (halves[0].equals("notes") ? 5 : 1) + ", 'by the owner')");
                    }, "The owner runs migrations and corrections.");
                    Expect.equal("Rows of app." + halves[0] + " that the owner finds, with app.tenant = '" + setting + "'", halves[1],
                        one(owner, "select count(*) from app." + halves[0]), "The owner runs migrations and corrections.");
                }
                Expect.equal("Comments that the owner changes, with app.tenant = '" + setting + "'", "5", one(owner,
                    "with changed as (update app.comments set body = body || '.' returning 1) select count(*) from changed"), "All of them.");
            }
        }
    }

    @Test @Needs("ownRows") @Hint(2) @DisplayName("tenants have all kinds of names")
    @Promises("any-name")
    void anyName(Clone clone) throws SQLException {
        begin(clone);
        var names = new ArrayList<>(EdgeData.texts());
        names.addAll(List.of(" alice", "Alice", "alice ", "ALICE", "al%", "a_ice", "admin", "x".repeat(3000) + "y"));
        names.remove("");
        var all = names.toArray(String[]::new);
        change(clone, """
            with notes as (insert into app.notes select name, 1, 'of ' || name from unnest(?::text[]) name where name <> 'alice' returning 1),
                 comments as (insert into app.comments select name, 1, 'by ' || name from unnest(?::text[]) name where name <> 'alice' returning 1)
            select count(*) from notes""", all, all);
        for (var name : names) {
            try (var app = as(clone, name)) {
                Expect.works("Reading as the tenant " + shown(name), () -> {
                    Expect.equal("Notes of the tenant " + shown(name), List.of(List.of("of " + name)), Rows.query(app, "select title from app.notes").values(), "The name as it is.");
                    Expect.equal("Comments of the tenant " + shown(name), List.of(List.of("by " + name)), Rows.query(app, "select body from app.comments").values(), "The name as it is.");
                }, "The name as it is.");
            }
        }
    }

    @Test @Needs("ownRows") @Hint(2) @DisplayName("two tenants and nobody, eight threads on two connections, some fail in the middle")
    @Promises({"own-rows", "nobody"})
    void throughAPool(Clone clone) throws Exception {
        begin(clone);
        var config = new HikariConfig();
        config.setJdbcUrl(clone.app().url());
        config.setUsername(clone.app().user());
        config.setPassword(clone.app().password());
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(10_000);
        var mixed = new ConcurrentLinkedQueue<String>();
        try (var pool = new HikariDataSource(config)) {
            var threads = new ArrayList<Callable<Void>>();
            for (int thread = 0; thread < 8; thread++) {
                var number = thread;
                threads.add(() -> {
                    for (int i = 0; i < 12; i++) {
                        request(pool, List.of("alice", "bob", "").get((number + i) % 3), (number + i) % 4 == 0, mixed);
                    }
                    return null;
                });
            }
            var outcomes = Task.race(Duration.ofSeconds(20), threads);
            Expect.that("Eight threads with twelve requests each", outcomes.stream().allMatch(o -> o instanceof Task.Outcome.Value<?>), "all of them end well", outcomes, "Reading fails for nobody.");
        }
        Expect.equal("Requests that found rows of another, or not all of their own", List.of(), List.copyOf(mixed), "What does the policy look at, other than the setting?");
    }

    private static void request(HikariDataSource pool, String tenant, boolean fails, ConcurrentLinkedQueue<String> mixed) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            if (!tenant.isEmpty()) {
                Rows.query(connection, "select set_config('app.tenant', ?, true)", tenant);
            }
            var found = Rows.query(connection, "select tenant, count(*)::text from app.notes group by tenant").values();
            var expected = tenant.isEmpty() ? List.of() : List.of(List.of(tenant, tenant.equals("alice") ? "2" : "1"));
            if (!found.equals(expected)) {
                mixed.add("as '" + tenant + "': " + found);
            }
            Rows.query(connection, "update app.notes set title = title || '!' returning id");
            if (fails) {
                connection.rollback();
            } else {
                connection.commit();
            }
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        return String.valueOf(Rows.query(connection, sql).values().getFirst().getFirst());
    }

    private static String shown(String name) {
        return name.length() > 40 ? name.length() + " characters long" : "'" + name + "'";
    }

    /** A connection in a transaction that names its tenant. */
    private static Connection as(Clone clone, String tenant) throws SQLException {
        var app = Sql.connect(clone.app());
        app.setAutoCommit(false);
        Rows.query(app, "select set_config('app.tenant', ?, true)", tenant);
        return app;
    }

    private static void gives(Connection app, String tenant, String sql, Object expected, Object... parameters) {
        Expect.works("`" + sql + "`, as " + tenant, () -> Expect.equal("What `" + sql + "` gives " + tenant, Rows.unnamed().row(expected).values(), Rows.query(app, sql, parameters).values(),
            "Each command asks the policies for itself, `returning` those for select as well."), "Each command asks the policies for itself, `returning` those for select as well.");
    }

    private static Rows notes(String tenant) {
        var rows = Rows.columns("tenant", "id", "title");
        return switch (tenant) {
            case "alice" -> rows.row("alice", 1, "Buy cat food").row("alice", 2, "Learn SQL");
            default -> rows.row("bob", 1, "Ask for a raise");
        };
    }

    private static Rows comments(String tenant) {
        var rows = Rows.columns("tenant", "note_id", "body");
        return switch (tenant) {
            case "alice" -> rows.row("alice", 1, "Which cat?");
            default -> rows.row("bob", 1, "How much?").row("bob", 1, "When?");
        };
    }

    private static Rows ofOthers(Clone clone, String tenant) throws SQLException {
        return unforced(clone, "select * from " + ROWS + " where tenant <> '" + tenant + "'");
    }

    private static Rows all(Clone clone) throws SQLException {
        return unforced(clone, "select * from " + ROWS);
    }

    /** As the owner, who is exempt here whatever the answer says; that is another check's business. No other transaction may be open. */
    private static Rows unforced(Clone clone, String query) throws SQLException {
        try (var owner = Sql.connect(clone.owner())) {
            owner.setAutoCommit(false);
            Sql.execute(owner, "alter table app.notes no force row level security; alter table app.comments no force row level security");
            var found = Rows.query(owner, query);
            owner.rollback();
            return found;
        }
    }

    /** The same for a change, with what was forced before. */
    private static void change(Clone clone, String sql, Object... parameters) throws SQLException {
        try (var owner = Sql.connect(clone.owner())) {
            owner.setAutoCommit(false);
            var forced = Rows.query(owner, "select oid::regclass::text from pg_class where relforcerowsecurity and relnamespace = 'app'::regnamespace").values();
            for (var table : forced) {
                Sql.execute(owner, "alter table " + table.getFirst() + " no force row level security");
            }
            if (parameters.length == 0) {
                Sql.execute(owner, sql);
            } else {
                Rows.query(owner, sql, parameters);
            }
            for (var table : forced) {
                Sql.execute(owner, "alter table " + table.getFirst() + " force row level security");
            }
            owner.commit();
        }
    }

    /** The rows of the beginning. */
    private static void begin(Clone clone) throws SQLException {
        change(clone, """
            truncate app.notes, app.comments;
            insert into app.notes values ('alice', 1, 'Buy cat food'), ('alice', 2, 'Learn SQL'), ('bob', 1, 'Ask for a raise'), ('', 1, 'Left by an import');
            insert into app.comments values ('alice', 1, 'Which cat?'), ('bob', 1, 'How much?'), ('bob', 1, 'When?'), ('', 1, 'Whose?')""");
    }
}

import grading.*;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lab.Login;
import org.junit.jupiter.api.*;

/** Builds walls, sound ones and broken ones, and has the answer look at each. */
class ATestThatIsRedTest {
    private static final String MINE = "tenant = nullif(current_setting('app.tenant', true), '')::uuid";
    private static final String ROWS = "select n::text from app.notes n order by n::text";
    private static final String ENABLE = "alter table app.notes enable row level security;";
    private static final String INVOKER = "alter view app.titles set (security_invoker = true);";
    private static final String SOUND = "create policy own on app.notes using (" + MINE + ");" + ENABLE + INVOKER;

    @Test @Hint(1) @DisplayName("it is green where the wall holds")
    @Promises("green")
    void green(Clone clone) throws Exception {
        var sound = new LinkedHashMap<String, String>();
        sound.put("a policy for all commands", SOUND);
        sound.put("a policy for each command", "create policy r on app.notes for select using (" + MINE + "); create policy i on app.notes for insert with check (" + MINE + ");"
            + "create policy u on app.notes for update using (" + MINE + "); create policy d on app.notes for delete using (" + MINE + ");" + ENABLE + INVOKER);
        sound.put("a forced owner", SOUND + "alter table app.notes force row level security");
        sound.put("a function in the policy, for course_app alone", "create function app.tenant() returns uuid stable language sql return nullif(current_setting('app.tenant', true), '')::uuid;"
            + "create policy own on app.notes to course_app using (tenant = (select app.tenant())) with check (tenant = (select app.tenant()));" + ENABLE + INVOKER);
        sound.put("a permissive and a restrictive policy", "create policy anybody on app.notes using (true); create policy own on app.notes as restrictive using (" + MINE + ");" + ENABLE + INVOKER);
        sound.put("a view with a condition of its own", "create policy own on app.notes using (" + MINE + ");" + ENABLE
            + "create or replace view app.titles as select tenant, title from app.notes where " + MINE);
        for (var wall : sound.entrySet()) {
            for (var rows : List.of(0, 50)) {
                build(clone, wall.getValue(), rows);
                var failure = judge(clone);
                Expect.that("The test of " + wall.getKey() + ", with " + rows + " notes in the table", failure == null, "green", shown(failure), "The wall holds. What did the test ask for?");
            }
        }
    }

    @Test @Needs("green") @Hint(2) @DisplayName("it is green while others write")
    @Promises("green")
    void greenWhileOthersWrite(Clone clone) throws Exception {
        build(clone, SOUND, 50);
        try (var owner = Sql.connect(clone.owner())) {
            var stop = new java.util.concurrent.atomic.AtomicBoolean();
            var others = Task.start(() -> {
                while (!stop.get()) {
                    Sql.execute(owner, "insert into app.notes values (gen_random_uuid(), 1, 'of somebody else'); delete from app.notes where ctid = (select min(ctid) from app.notes where title = 'of somebody')");
                }
                return null;
            });
            try {
                for (int i = 0; i < 3; i++) {
                    var failure = judge(clone);
                    Expect.that("The test of a sound wall, while others add and delete notes of their own", failure == null, "green", shown(failure), "Whose notes may it count?");
                }
            } finally {
                stop.set(true);
                others.outcome(java.time.Duration.ofSeconds(5));
            }
        }
    }

    @Test @Needs("green") @Hint(2) @DisplayName("it is red where a tenant is walled in")
    @Promises("own-rows")
    void ownRows(Clone clone) throws Exception {
        red(clone, Map.of(
            "that refuses every update", SOUND + "create policy u on app.notes as restrictive for update using (true) with check (false)",
            "without any policy", ENABLE + INVOKER,
            "with a policy for select alone", "create policy r on app.notes for select using (" + MINE + ");" + ENABLE + INVOKER,
            "without a policy for select", "create policy i on app.notes for insert with check (" + MINE + "); create policy u on app.notes for update using (" + MINE
                + "); create policy d on app.notes for delete using (" + MINE + ");" + ENABLE + INVOKER,
            "without a policy for update", "create policy r on app.notes for select using (" + MINE + "); create policy i on app.notes for insert with check (" + MINE
                + "); create policy d on app.notes for delete using (" + MINE + ");" + ENABLE + INVOKER,
            "without a policy for delete", "create policy r on app.notes for select using (" + MINE + "); create policy i on app.notes for insert with check (" + MINE
                + "); create policy u on app.notes for update using (" + MINE + ");" + ENABLE + INVOKER,
            "with a view that shows nothing", SOUND + "create or replace view app.titles with (security_invoker = true) as select tenant, title from app.notes where tenant is null"));
    }

    @Test @Needs("green") @Hint(1) @DisplayName("it is red where a tenant finds notes of another")
    @Promises("reading")
    void reading(Clone clone) throws Exception {
        red(clone, Map.of(
            "without row-level security", "create policy own on app.notes using (" + MINE + ");" + INVOKER,
            "with one policy too many", SOUND + "create policy report on app.notes for select using (" + MINE + " or nullif(current_setting('app.tenant', true), '') is not null)",
            "with one policy too many, and a view with a condition of its own", SOUND + "create policy report on app.notes for select using (" + MINE
                + " or nullif(current_setting('app.tenant', true), '') is not null); create or replace view app.titles with (security_invoker = true) as select tenant, title from app.notes where " + MINE,
            "with a view that reads as its owner", "create policy own on app.notes using (" + MINE + ");" + ENABLE,
            "with a view that adds a barrier, not an invoker", "create policy own on app.notes using (" + MINE + ");" + ENABLE + "alter view app.titles set (security_barrier = true)"));
    }

    @Test @Needs("reading") @Hint(1) @DisplayName("it is red where only some notes of others are found")
    @Promises("reading")
    void readingSome(Clone clone) throws Exception {
        for (var hole : List.of("title = 'of somebody'", "tenant in (select min(tenant::text)::uuid from app.everybody)")) {
            build(clone, "create table app.everybody as select tenant from app.notes; grant select on app.everybody to course_app;"
                + "create policy own on app.notes using (" + MINE + " or nullif(current_setting('app.tenant', true), '') is not null and " + hole + ") with check (" + MINE + ");" + ENABLE + INVOKER, 50);
            var failure = judge(clone);
            Expect.that("The test of a wall that lets through notes with " + hole, failure instanceof AssertionError, "red, an AssertionError", shown(failure), "What is seen of notes that the test has not made?");
        }
    }

    @Test @Needs("green") @Hint(2) @DisplayName("it is red where a tenant writes for another")
    @Promises("writing")
    void writing(Clone clone) throws Exception {
        red(clone, Map.of(
            "with check (true)", "create policy own on app.notes using (" + MINE + ") with check (true);" + ENABLE + INVOKER,
            "with inserts that are free", SOUND + "create policy i on app.notes for insert with check (true)",
            "with updates that give away", "create policy r on app.notes for select using (" + MINE + " or current_setting('app.giving', true) = 'x'); create policy i on app.notes for insert with check (" + MINE
                + "); create policy d on app.notes for delete using (" + MINE + "); create policy u on app.notes for update using (" + MINE + ") with check (true);" + ENABLE + INVOKER));
    }

    @Test @Needs("green") @Hint(2) @DisplayName("it is red where nobody finds notes, or an error")
    @Promises("nobody")
    void nobody(Clone clone) throws Exception {
        red(clone, Map.of(
            "where nobody is everybody", "create policy own on app.notes using (tenant = coalesce(nullif(current_setting('app.tenant', true), '')::uuid, tenant));" + ENABLE + INVOKER,
            "where an empty tenant sees all", "create policy own on app.notes using (" + MINE + " or current_setting('app.tenant', true) = '');" + ENABLE + INVOKER,
            "where a tenant that was never set is an error", "create policy own on app.notes using (tenant = nullif(current_setting('app.tenant'), '')::uuid);" + ENABLE + INVOKER,
            "where an empty tenant is an error", "create policy own on app.notes using (tenant = current_setting('app.tenant', true)::uuid);" + ENABLE + INVOKER));
        var hole = "create policy own on app.notes using (" + MINE + " or current_setting('app.tenant', true) is null);" + ENABLE + INVOKER;
        build(clone, hole, 50); // on an empty database a note would have to be committed to find it
        var failure = judge(clone);
        Expect.that("The test of a wall where nobody sees all as long as no tenant was ever set", failure instanceof AssertionError, "red, an AssertionError", shown(failure), "Which connection has never had one?");
    }

    @Test @Needs("green") @Hint(2) @DisplayName("it leaves nothing, red or green")
    @Promises("leaves-nothing")
    void leavesNothing(Clone clone) throws Exception {
        for (var wall : Map.of("a sound wall", SOUND, "no wall", INVOKER, "free inserts", SOUND + "create policy i on app.notes for insert with check (true)",
                "no policy at all", ENABLE + INVOKER, "errors for nobody", "create policy own on app.notes using (tenant = current_setting('app.tenant', true)::uuid);" + ENABLE + INVOKER).entrySet()) {
            build(clone, wall.getValue(), 20);
            var before = Sql.query(clone.owner(), ROWS);
            try (var owner = pool(clone.owner()); var app = pool(clone.app())) {
                test(owner, app);
                Expect.equal("Connections that are still borrowed after a test of " + wall.getKey(), "0 of the owner, 0 of the app",
                    owner.getHikariPoolMXBean().getActiveConnections() + " of the owner, " + app.getHikariPoolMXBean().getActiveConnections() + " of the app", "Give them back, also when it is red.");
                try (var one = app.getConnection(); var other = app.getConnection()) {
                    for (var connection : List.of(one, other)) {
                        Expect.equal("The tenant on a connection after a test of " + wall.getKey(), "",
                            String.valueOf(Rows.query(connection, "select coalesce(current_setting('app.tenant', true), '')").values().getFirst().getFirst()), "For how long should it be set?");
                    }
                }
            }
            Expect.table("Rows after a test of " + wall.getKey(), before, Sql.query(clone.owner(), ROWS), "Somebody else uses this database. What was never committed needs no cleaning.");
        }
    }

    private static void red(Clone clone, Map<String, String> walls) throws Exception {
        for (var wall : walls.entrySet()) {
            for (var rows : List.of(50, 0)) {
                build(clone, wall.getValue(), rows);
                var failure = judge(clone);
                Expect.that("The test of a wall " + wall.getKey() + ", with " + rows + " notes in the table", failure instanceof AssertionError, "red, an AssertionError", shown(failure),
                    "What can the application do there that it must not, or not do that it must?");
            }
        }
    }

    private static Throwable judge(Clone clone) throws Exception {
        try (var owner = pool(clone.owner()); var app = pool(clone.app())) {
            return test(owner, app);
        }
    }

    private static Throwable test(HikariDataSource owner, HikariDataSource app) throws Exception {
        return Expect.within("tenantsAreApart()", java.time.Duration.ofSeconds(5), () -> {
            try {
                new IsolationTest(owner, app).tenantsAreApart();
                return null;
            } catch (Exception | AssertionError e) {
                return e;
            }
        });
    }

    private static String shown(Throwable failure) {
        return failure == null ? "green" : (failure instanceof AssertionError ? "red: " : "") + failure;
    }

    /** The tables anew, with notes of so many tenants, and a wall. */
    private static void build(Clone clone, String wall, int tenants) throws SQLException {
        Sql.execute(clone.owner(), """
            drop schema app cascade;
            create schema app;
            grant usage on schema app to course_app;
            create table app.notes (tenant uuid, id int, title text not null, primary key (tenant, id));
            create view app.titles as select tenant, title from app.notes""");
        Sql.execute(clone.owner(), "insert into app.notes select gen_random_uuid(), 1, 'of somebody' from generate_series(1, " + tenants + ")");
        Sql.execute(clone.owner(), wall);
    }

    private static HikariDataSource pool(Login login) {
        var config = new HikariConfig();
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1); // no connection before one is asked for
        config.setConnectionTimeout(1000);
        return new HikariDataSource(config);
    }
}

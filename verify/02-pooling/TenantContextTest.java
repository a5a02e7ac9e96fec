import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.*;

/** Judges 02.3 on a pool of one connection: the next borrower always gets the one that was just used. */
class TenantContextTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> ALICES = List.of("buy a rabbit", "cancel the hat");
    private static final Rows AS_GIVEN = Rows.unnamed().row("alice", "buy a rabbit").row("alice", "cancel the hat").row("bob", "call alice")
        .row("o'brien", "mind the quote");

    @Test @Hint(2) @Promises("sees-its-own") @DisplayName("The work sees the notes of its tenant, and only those")
    void theTenantSeesItsNotes(Clone clone) throws Exception {
        try (var pool = pool(clone, 1)) {
            var tenants = new Tenants(pool);
            Expect.equal("Alice's notes", ALICES, as(tenants, "alice", TenantContextTest::notes),
                "How long does your setting live, and is the work still within that time?");
            Expect.equal("Bob's notes, after that", List.of("call alice"), as(tenants, "bob", TenantContextTest::notes),
                "The setting must be the tenant of this request.");
            Expect.equal("Alice's notes, once more", ALICES, as(tenants, "alice", TenantContextTest::notes), "The setting must be the tenant of this request.");
            Expect.equal("Notes of somebody who has none", List.of(), as(tenants, "carol", TenantContextTest::notes), "He is a tenant like others.");
        }
    }

    @Test @Needs("theTenantSeesItsNotes") @Hint(1) @Promises("next-is-nobody") @DisplayName("The next borrower of the connection is nobody")
    void theNextBorrowerIsNobody(Clone clone) throws Exception {
        try (var pool = pool(clone, 1)) {
            as(new Tenants(pool), "alice", TenantContextTest::notes);
            nobodyIsThere(pool, "good work");
        }
    }

    @Test @Fresh @Needs("theNextBorrowerIsNobody") @Hint(2) @Promises({"sees-its-own", "all-or-nothing"}) @DisplayName("What good work changes is kept")
    void goodWorkIsKept(Clone clone) throws Exception {
        try (var pool = pool(clone, 1); var withoutAutocommit = withoutAutocommit(clone)) {
            var tenants = new Tenants(pool);
            Expect.works("Work that inserts, changes and deletes notes", () -> as(tenants, "alice", connection -> {
                Sql.execute(connection, "insert into notes (body) values ('feed the rabbit')");
                Sql.execute(connection, "update notes set body = upper(body)");
                Sql.execute(connection, "delete from notes where body = 'CANCEL THE HAT'");
                return "done";
            }), "The work may do that with the notes of its tenant.");
            Expect.equal("What work gives back that ends with null", null, as(new Tenants(withoutAutocommit), "bob", connection -> {
                Sql.execute(connection, "insert into notes (body) values ('call the rabbit')");
                return null;
            }), "The result of the work is the result.");
            Expect.works("Work that ends well, although somebody has interrupted its thread", () -> as(tenants, "carol", connection -> {
                Sql.execute(connection, "insert into notes (body) values ('call me back')");
                Thread.currentThread().interrupt();
                return "done";
            }), "It has thrown nothing.");
        }
        Expect.table("All notes, after the work of Alice, Bob and Carol", Rows.unnamed().row("alice", "BUY A RABBIT").row("alice", "FEED THE RABBIT")
            .row("bob", "call alice").row("bob", "call the rabbit").row("carol", "call me back").row("o'brien", "mind the quote"), allNotes(clone), "Who commits?");
    }

    @Test @Needs("theTenantSeesItsNotes") @Hint(2) @Promises("first-failure") @DisplayName("The failure of the work reaches the caller as it is")
    void theFailureReachesTheCaller(Clone clone) throws Exception {
        try (var pool = pool(clone, 1)) {
            for (var failure : Faults.ofEveryKind()) {
                Expect.passesOn("What the caller gets, when the work throws " + failure, failure, () -> as(new Tenants(pool), "alice", throwing(failure)),
                    "The failure of the work is the caller's business.");
            }
            var refusal = new AtomicReference<SQLException>();
            var thrown = thrown(pool, connection -> {
                throw refused(connection, refusal);
            });
            Expect.that("What the caller gets, when PostgreSQL refused a statement of the work", thrown == refusal.get(), refusal.get(), thrown,
                "Does your cleaning up run statements in a transaction that has failed already?");
        }
    }

    @Test @Fresh @Needs({"theFailureReachesTheCaller", "goodWorkIsKept"}) @Hint(2) @Promises("all-or-nothing") @DisplayName("What failed work changed is undone")
    void failedWorkIsUndone(Clone clone) throws Exception {
        try (var pool = pool(clone, 1)) {
            for (var failure : Faults.ofEveryKind()) {
                thrown(pool, connection -> {
                    Sql.execute(connection, "insert into notes (body) values ('half a thought'); delete from notes where body = 'buy a rabbit'");
                    throw Faults.sneak(failure);
                });
                Expect.table("All notes, after work that threw " + failure, AS_GIVEN, allNotes(clone), "All of the work is kept, or nothing. Which way out commits?");
            }
        }
    }

    @Test @Needs({"theNextBorrowerIsNobody", "theFailureReachesTheCaller"}) @Hint(1) @Promises("next-is-nobody")
    @DisplayName("The next borrower is nobody, too, after work that threw")
    void aFailureLeavesNobody(Clone clone) throws Exception {
        try (var pool = pool(clone, 1)) {
            for (var failure : Faults.ofEveryKind()) {
                thrown(pool, throwing(failure));
                nobodyIsThere(pool, "work that threw " + failure);
            }
            thrown(pool, connection -> {
                throw refused(connection, new AtomicReference<>());
            });
            nobodyIsThere(pool, "work that PostgreSQL refused");
        }
    }

    @Test @Needs("aFailureLeavesNobody") @Hint(1) @Promises("next-is-nobody") @DisplayName("and after work that chose a tenant itself")
    void workSetsTheTenant(Clone clone) throws Exception {
        try (var pool = pool(clone, 1); var withoutAutocommit = withoutAutocommit(clone)) {
            for (var setting : List.of("set app.tenant = 'alice'", "set session app.tenant = 'bob'", "select set_config('app.tenant', 'alice', false)",
                    "set local app.tenant = 'bob'", "reset app.tenant")) {
                nobodyIsThereAfter(setting, pool, "");
                nobodyIsThereAfter(setting, withoutAutocommit, ", in a pool whose connections come with autocommit off");
            }
        }
    }

    private static void nobodyIsThereAfter(String setting, HikariDataSource pool, String where) throws Exception {
        as(new Tenants(pool), "alice", connection -> {
            Sql.execute(connection, setting);
            return "done";
        });
        nobodyIsThere(pool, "work that said `" + setting + "`" + where);
        thrown(pool, connection -> {
            Sql.execute(connection, setting);
            throw new IllegalStateException("in the middle of the request");
        });
        nobodyIsThere(pool, "work that said `" + setting + "` and then threw" + where);
    }

    @Test @Fresh @Needs("failedWorkIsUndone") @Hint(2) @Promises("hidden-refusal") @DisplayName("The caller learns of a refusal that the work hides")
    void aHiddenRefusalIsTold(Clone clone) throws Exception {
        try (var pool = pool(clone, 1)) {
            var thrown = thrown(pool, connection -> {
                Sql.execute(connection, "insert into notes (body) values ('half a thought')");
                refused(connection, new AtomicReference<>());
                return List.of("all is well");
            });
            Expect.that("What the caller gets, when the work hid that PostgreSQL refused a statement", thrown instanceof SQLException, "an SQLException", thrown,
                "PostgreSQL has given up that transaction. What becomes of the changes, and who tells the caller?");
            Expect.table("All notes, after that", AS_GIVEN, allNotes(clone), "It is all or nothing.");
            nobodyIsThere(pool, "work that hid a refusal");
        }
    }

    @Test @Fresh @Needs("failedWorkIsUndone") @Hint(2) @Promises({"all-or-nothing", "first-failure", "next-is-nobody"})
    @DisplayName("A commit that PostgreSQL refuses is a failure")
    void aRefusedCommit(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "alter table notes add unique (tenant, body) deferrable initially deferred");
        try (var pool = pool(clone, 1)) {
            Expect.sqlState("What the caller gets, when a constraint is checked at the commit", "23505", () -> as(new Tenants(pool), "alice", connection -> {
                Sql.execute(connection, "insert into notes (body) values ('feed the rabbit'), ('buy a rabbit')");
                return "done";
            }), "Ended well is what is committed.");
            Expect.table("All notes, after that", AS_GIVEN, allNotes(clone), "It is all or nothing.");
            nobodyIsThere(pool, "a commit that was refused");
        }
    }

    @Test @Needs("theFailureReachesTheCaller") @Hint(2) @Promises("first-failure") @DisplayName("Cleaning up that fails hides no failure")
    void cleaningUpHidesNothing(Clone clone) throws Exception {
        for (var method : List.of("rollback", "close", "setAutoCommit", "prepareStatement", "createStatement", "close of a pool that is closed")) {
            var broken = new AtomicReference<Throwable>();
            try (var pool = new WatchedDataSource(clone.app(), called -> {
                if (called.equals(method) && broken.get() != null) {
                    throw new SQLException("the network went away", "08006");
                }
                if (method.startsWith(called + " of ") && broken.get() != null) {
                    throw new IllegalStateException("the pool is closed");
                }
            })) {
                for (var failure : List.of(new IllegalStateException("a bug"), new AssertionError("an error"))) {
                    broken.set(null);
                    Expect.passesOn("What the caller gets, when the work throws " + failure + " and then " + method + " fails", failure,
                        () -> as(new Tenants(pool.source()), "alice", connection -> {
                            broken.set(failure);
                            throw Faults.sneak(failure);
                        }), "What happened first says more. The other failure can be suppressed in it.");
                }
            }
        }
        try (var pool = pool(clone, 1)) {
            var failure = new IllegalStateException("after the connection was lost");
            Expect.passesOn("What the caller gets, when an administrator ends the session and then the work throws", failure,
                () -> as(new Tenants(pool), "alice", connection -> {
                    Faults.kill(clone, connection);
                    throw failure;
                }), "What happened first says more. The other failure can be suppressed in it.");
        }
    }

    @Test @Fresh @Needs("goodWorkIsKept") @Hint(2) @Promises("any-name") @DisplayName("A tenant may have any name")
    void anyNameIsATenant(Clone clone) throws Exception {
        var random = RandomData.create();
        var names = new ArrayList<>(EdgeData.texts());
        names.remove(""); // the setting is empty where there is no tenant
        names.addAll(List.of("o'brien", " Alice ", "ALICE", "alice'; reset app.tenant; --", "\\'", "株式会社", random.word(8), random.word(70)));
        try (var pool = pool(clone, 1)) {
            var tenants = new Tenants(pool);
            for (var name : names) {
                var seen = Expect.within("The work of " + name, PATIENCE, () -> {
                    try {
                        return tenants.as(name, connection -> {
                            Sql.execute(connection, "insert into notes (body) values ('mine')");
                            return Rows.query(connection, "select tenant from notes where body = 'mine'");
                        });
                    } catch (SQLException | RuntimeException e) {
                        return e;
                    }
                });
                Expect.equal("The tenant of a note that " + name + " has made", name,
                    seen instanceof Rows rows && rows.values().size() == 1 ? rows.values().getFirst().getFirst() : seen,
                    "Is the name a parameter, or part of the SQL? It is taken as it is.");
            }
            Expect.equal("The notes of o'brien", List.of("mind the quote", "mine"), as(tenants, "o'brien", TenantContextTest::notes), "The name is taken as it is.");
        }
    }

    @Test @Needs("theTenantSeesItsNotes") @Promises("sees-its-own") @DisplayName("Two requests at the same time do not meet")
    void twoAtOnce(Clone clone) throws Exception {
        try (var pool = pool(clone, 2)) {
            var tenants = new Tenants(pool);
            var both = new CyclicBarrier(2);
            Callable<List<String>> alice = () -> tenants.as("alice", connection -> notesOfBoth(connection, both));
            Callable<List<String>> bob = () -> tenants.as("bob", connection -> notesOfBoth(connection, both));
            var seen = Task.race(PATIENCE, List.of(alice, bob)).stream().map(Object::toString).toList();
            Expect.equal("What Alice and Bob see at the same time", List.of("buy a rabbit, cancel the hat", "call alice"), seen,
                "Each request borrows a connection of its own.");
        }
    }

    @Test @Fresh @Needs("goodWorkIsKept") @Hint(2) @Promises("sees-its-own") @DisplayName("What waits for the commit sees the notes of the tenant")
    void atTheCommit(Clone clone) throws Exception {
        Sql.execute(clone.owner(), """
            create function signs() returns trigger language plpgsql as $$ begin
              update notes set body = body || ', signed' where id = new.id and body not like '%signed';
              return null;
            end $$;
            create constraint trigger signs after insert on notes deferrable initially deferred for each row execute function signs()""");
        try (var pool = pool(clone, 1)) {
            Expect.works("Work on a table with a deferred trigger", () -> as(new Tenants(pool), "alice", connection -> {
                Sql.execute(connection, "insert into notes (body) values ('feed the rabbit')");
                return "done";
            }), "It is the tenant's work until the end.");
            Expect.equal("Alice's notes, of which a deferred trigger has changed the new one", List.of("buy a rabbit", "cancel the hat", "feed the rabbit, signed"),
                as(new Tenants(pool), "alice", TenantContextTest::notes), "Who is the tenant when the trigger runs?");
            nobodyIsThere(pool, "work with a deferred trigger");
        }
    }

    private static List<String> notesOfBoth(Connection connection, CyclicBarrier both) throws SQLException {
        meet(both);
        var notes = notes(connection);
        meet(both);
        return notes;
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await(1, TimeUnit.SECONDS);
        } catch (Exception e) {
            // One waits for the other's end; nobody has promised that they run side by side.
        }
    }

    private static void nobodyIsThere(HikariDataSource pool, String after) throws Exception {
        var found = Expect.within("The connection comes back to the pool", PATIENCE, () -> {
            try (var connection = pool.getConnection()) {
                var tenant = Rows.query(connection, "select current_setting('app.tenant', true)").values().getFirst().getFirst();
                var notes = String.join(", ", notes(connection));
                return (tenant == null || tenant.equals("") ? "no tenant" : "tenant " + tenant) + ", and " + (notes.isEmpty() ? "no notes" : "these notes: " + notes);
            }
        });
        Expect.equal("What the next borrower finds after " + after, "no tenant, and no notes", found,
            "What does the connection still know when it goes back to the pool?");
    }

    /** One connection, too. */
    private static HikariDataSource withoutAutocommit(Clone clone) {
        return pool(clone, 1, false);
    }

    private static HikariDataSource pool(Clone clone, int size) {
        return pool(clone, size, true);
    }

    private static HikariDataSource pool(Clone clone, int size, boolean autocommit) {
        var config = new HikariConfig();
        config.setAutoCommit(autocommit);
        config.setJdbcUrl(clone.app().url());
        config.setUsername(clone.app().user());
        config.setPassword(clone.app().password());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(5000);
        return new HikariDataSource(config);
    }

    private static <T> T as(Tenants tenants, String tenant, Tenants.Work<T> work) throws Exception {
        return Expect.within("The work of " + tenant, PATIENCE, () -> tenants.as(tenant, work));
    }

    private static Object thrown(DataSource pool, Tenants.Work<List<String>> work) {
        try {
            return "no failure, but " + as(new Tenants(pool), "alice", work);
        } catch (Mismatch e) {
            throw e;
        } catch (Throwable e) {
            return e;
        }
    }

    private static Tenants.Work<List<String>> throwing(Throwable failure) {
        return connection -> {
            notes(connection);
            throw Faults.sneak(failure);
        };
    }

    /** What PostgreSQL says to a statement that it refuses. */
    private static SQLException refused(Connection connection, AtomicReference<SQLException> refusal) {
        try {
            Sql.execute(connection, "select 1 / 0");
            return new SQLException("not refused");
        } catch (SQLException e) {
            refusal.set(e);
            return e;
        }
    }

    private static Rows allNotes(Clone clone) throws SQLException {
        return Sql.query(clone.owner(), "select tenant, body from notes");
    }

    private static List<String> notes(Connection connection) throws SQLException {
        return Rows.query(connection, "select body from notes order by id").values().stream().map(row -> row.getFirst().toString()).toList();
    }
}

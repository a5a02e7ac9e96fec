package kernel.sql;

import static kernel.sql.Seen.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import kernel.cell.CellVariables;
import kernel.sql.ActivitySnapshot.Backend;
import lab.Progress;
import lab.Role;
import lab.provider.Providers;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private static final long TIMEOUT_S = 20;

    @Test void whoWaitsForWhomIsSeenWithTheLockAndTheStatement() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT);
             var kernel = new SqlKernel(lab.lessonDatabase(), CellVariables.NONE)) {
            var seen = new Seen();
            kernel.run(cell(Role.OWNER, "A", "create table stock (id int primary key, left_over int); insert into stock values (1, 10); begin; update stock set left_over = 9"), seen);
            var waiting = Thread.ofVirtual().start(() -> kernel.run(cell(Role.OWNER, "B", "begin; update stock set left_over = 8"), seen));
            // Two functions of the server, each with a moment of its own: one may see the wait before the other does.
            var b = await(kernel, backend -> backend.session().equals("B") && !backend.blockedBy().isEmpty() && !backend.lock().isEmpty());
            var a = await(kernel, backend -> backend.session().equals("A"));
            assertEquals(List.of(a.pid()), b.blockedBy());
            assertTrue(b.lock().startsWith("ShareLock on transaction "), b.lock());
            assertEquals("owner", b.role());
            assertEquals("update stock set left_over = 8", b.statement());
            assertEquals("idle in transaction", a.state());
            assertTrue(a.locks().contains(new ActivitySnapshot.Lock("RowExclusiveLock", "table stock", true)), a.locks().toString());
            assertEquals("Lock: transactionid", b.waitsFor());
            kernel.run(cell(Role.OWNER, "A", "rollback"), seen);
            assertTrue(waiting.join(java.time.Duration.ofSeconds(TIMEOUT_S)));
            assertTrue(kernel.watch().backends().stream().allMatch(backend -> backend.blockedBy().isEmpty()));
        }
    }

    @Test void aPoolIsSeenAsItsConnectionsAndOtherDatabasesOfTheRunAreSeenToo() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT);
             var kernel = new SqlKernel(lab.lessonDatabase(), CellVariables.NONE);
             var one = lab.lessonDatabase().app().connect("pool-of-2"); var other = lab.lessonDatabase().app().connect("pool-of-2");
             var elsewhere = lab.databases().create("other").app().connect("elsewhere")) {
            one.setAutoCommit(false);
            one.createStatement().execute("select 1");
            other.createStatement().execute("select 1");
            elsewhere.createStatement().execute("select 1");
            var snapshot = kernel.watch();
            assertEquals(new ActivitySnapshot.Pool("pool-of-2", "app", 2, 0, 1, 1, 0), snapshot.pools().getFirst());
            assertTrue(snapshot.backends().stream().anyMatch(backend -> backend.application().equals("elsewhere")));
            assertFalse(snapshot.backends().stream().anyMatch(backend -> backend.application().equals("course: watch")));
        }
    }

    private static Backend await(SqlKernel kernel, Predicate<Backend> wanted) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (System.nanoTime() < end) {
            var found = kernel.watch().backends().stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("not seen within " + TIMEOUT_S + " s: " + kernel.watch());
    }
}

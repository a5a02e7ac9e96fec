package grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import lesson.UnknownName;
import org.junit.jupiter.api.Test;

class KitTest extends OnClone {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test void a_failure_that_is_passed_on_is_the_same_object() {
        for (var failure : Faults.ofEveryKind()) {
            Expect.passesOn("Comes out", failure, () -> { throw Faults.sneak(failure); }, "");
            assertThrows(Mismatch.class, () -> Expect.passesOn("Comes out", failure, () -> { throw new RuntimeException(failure); }, ""));
            assertThrows(Mismatch.class, () -> Expect.passesOn("Comes out", failure, () -> { }, ""));
        }
    }

    @Test void a_connection_can_fail_where_a_check_wants_it() throws Exception {
        var failure = new SQLException("the network went away", "08006");
        try (var real = clone.app().connect()) {
            var failing = Faults.failing(real, failure, "rollback", "close");
            assertEquals("1", Rows.query(failing, "select 1").values().getFirst().getFirst().toString());
            assertSame(failure, assertThrows(SQLException.class, failing::rollback));
            assertSame(failure, assertThrows(SQLException.class, failing::close));
            assertTrue(real.isClosed());
        }
    }

    @Test void a_killed_backend_says_so_at_the_next_statement() throws Exception {
        try (var connection = clone.app().connect()) {
            Faults.kill(clone, connection);
            assertEquals("57P01", assertThrows(SQLException.class, () -> Sql.execute(connection, "select 1")).getSQLState());
        }
    }

    @Test void who_races_starts_together_and_is_heard() throws Exception {
        List<Callable<Integer>> racers = List.of(() -> 1, () -> { throw new SQLException("no", "40001"); }, () -> { Thread.sleep(60_000); return 3; });
        var outcomes = Task.race(Duration.ofSeconds(2), racers);
        assertEquals(new Task.Outcome.Value<>(1), outcomes.getFirst());
        assertEquals("40001", outcomes.get(1).sqlState());
        assertInstanceOf(Task.Outcome.StillRunning.class, outcomes.getLast());
    }

    @Test void a_check_can_see_who_waits_for_a_lock() throws Exception {
        Sql.execute(clone.owner(), "create table public.t (id int primary key); insert into public.t values (1)");
        try (var holder = Sql.connect(clone.owner()); var waiter = Sql.connect(clone.owner())) {
            holder.setAutoCommit(false);
            Sql.execute(holder, "select * from public.t for update");
            var task = Task.start(() -> { Sql.execute(waiter, "update public.t set id = 2"); return "done"; });
            assertTrue(task.waitsForLock(clone, Sql.pid(waiter), SOON));
            holder.rollback();
            assertEquals(new Task.Outcome.Value<>("done"), task.outcome(SOON));
        }
    }

    @Test void isolation_is_what_it_says() throws Exception {
        for (var isolation : Isolation.values()) {
            try (var connection = isolation.connect(clone.app())) {
                assertEquals(isolation.toString(), Rows.query(connection, "show transaction isolation level").values().getFirst().getFirst());
            }
        }
    }

    @Test void new_connections_are_where_the_check_is() throws Exception {
        var zones = new ArrayList<String>();
        var before = TimeZone.getDefault();
        Environments.inEveryTimeZone(where -> zones.add("in " + Sql.text(clone.app(), "show time zone") + "=" + where));
        zones.forEach(zone -> assertEquals(zone.split("=")[1], zone.split("=")[0]));
        assertEquals(before, TimeZone.getDefault());
        var locale = Locale.getDefault();
        Environments.inEveryLocale(where -> { });
        assertEquals(locale, Locale.getDefault());
    }

    @Test void the_seed_of_random_data_is_known_once() {
        RandomData.create().number(1, 10);
        assertTrue(RandomData.takeSeed().isPresent());
        assertTrue(RandomData.takeSeed().isEmpty());
    }

    @Test void a_bound_means_what_it_says() throws Exception {
        Expect.lasts("Waits", Duration.ofSeconds(1), () -> Thread.sleep(1000), "");
        assertThrows(Mismatch.class, () -> Expect.lasts("Waits", Duration.ofSeconds(1), () -> Thread.sleep(1600), ""));
        assertThrows(Mismatch.class, () -> Expect.lasts("Waits", Duration.ofSeconds(1), () -> Thread.sleep(100), ""));
    }

    @Test void a_seed_that_is_no_number_is_refused_with_what_to_do() {
        var refused = assertThrows(UnknownName.class, () -> RandomData.requestedSeed(Map.of(RandomData.VARIABLE, "abc")));
        assertEquals("COURSE_SEED is \"abc\", which is no seed: set it to the number that the verdict names, or unset it", refused.getMessage());
        assertEquals(Optional.of(42L), RandomData.requestedSeed(Map.of(RandomData.VARIABLE, "42")));
        assertEquals(Optional.empty(), RandomData.requestedSeed(Map.of()));
    }
}

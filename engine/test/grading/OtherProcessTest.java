package grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class OtherProcessTest {
    static final class Counter {
        static final AtomicInteger CALLS = new AtomicInteger();
    }

    static final class Caller implements IntSupplier {
        @Override public int getAsInt() {
            return Counter.CALLS.incrementAndGet();
        }
    }

    static final class Stopwatch implements Function<Runnable, List<Duration>> {
        @Override public List<Duration> apply(Runnable work) {
            long nanos = System.nanoTime();
            long millis = System.currentTimeMillis();
            var instant = Instant.now();
            work.run();
            return List.of(Duration.ofNanos(System.nanoTime() - nanos), Duration.ofMillis(System.currentTimeMillis() - millis), Duration.between(instant, Instant.now()));
        }
    }

    @Test void another_process_has_statics_of_its_own() {
        assertEquals(1, new Caller().getAsInt());
        var other = OtherProcess.start(Caller.class, IntSupplier.class);
        assertEquals(1, other.getAsInt());
        assertEquals(2, other.getAsInt());
        assertEquals(2, new Caller().getAsInt());
        assertEquals(1, OtherProcess.start(Caller.class, IntSupplier.class).getAsInt());
    }

    @SuppressWarnings("unchecked")
    @Test void its_clocks_can_run_faster() {
        Function<Runnable, List<Duration>> fast = OtherProcess.startInFastTime(Stopwatch.class, Function.class);
        for (var took : fast.apply(() -> LockSupport.parkNanos(50_000_000))) {
            assertTrue(took.toMinutes() >= 60, took::toString);
        }
        for (var took : new Stopwatch().apply(() -> { })) {
            assertTrue(took.toMinutes() < 10, took::toString);
        }
    }
}

package grading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
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

    @Test void another_process_has_statics_of_its_own() {
        assertEquals(1, new Caller().getAsInt());
        var other = OtherProcess.start(Caller.class, IntSupplier.class);
        assertEquals(1, other.getAsInt());
        assertEquals(2, other.getAsInt());
        assertEquals(2, new Caller().getAsInt());
        assertEquals(1, OtherProcess.start(Caller.class, IntSupplier.class).getAsInt());
    }
}

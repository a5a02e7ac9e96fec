import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Gives ids to the rows that one instance of the program writes: units of 1024 milliseconds, instance, counter. */
public class Ids {
    private static final long EPOCH = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

    private final int instance;
    private final LongSupplier clock;
    private final AtomicLong last = new AtomicLong();

    public Ids(int instance, LongSupplier clock) {
        if (instance < 0 || instance > 1023) {
            throw new IllegalArgumentException("no instance has the number " + instance);
        }
        this.instance = instance;
        this.clock = clock;
    }

    public long next() {
        // about a second, so that the counter has 22 bits, and 31 are enough for the time
        long now = (clock.getAsLong() - EPOCH >> 10) << 22;
        long id = last.updateAndGet(before -> Math.max(before + 1, now));
        return id >>> 22 << 32 | (long) instance << 22 | id & (1 << 22) - 1;
    }
}

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Gives ids to the rows that one instance of the program writes: 41 bits time, 10 bits instance, 12 bits counter. */
public class Ids {
    private static final long EPOCH = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

    private final long instance;
    private final long begin;
    private final long beginNanos;
    private final AtomicLong last = new AtomicLong();

    public Ids(int instance, LongSupplier clock) {
        if (instance < 0 || instance > 1023) {
            throw new IllegalArgumentException("instance " + instance);
        }
        this.instance = instance;
        begin = clock.getAsLong() - EPOCH;
        beginNanos = System.nanoTime();
    }

    public long next() {
        long now = begin + (System.nanoTime() - beginNanos) / 1_000_000; // never goes back
        long next = last.updateAndGet(before -> Math.max(before + 1, now << 12));
        return next >> 12 << 22 | instance << 12 | next & 4095;
    }
}

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Gives ids to the rows that one instance of the program writes: 44 bits time, 10 bits instance, 9 bits counter. */
public class Ids {
    private final long instance;
    private final LongSupplier clock;
    /** Milliseconds since 1970 and, in the lowest 9 bits, the counter, which carries. */
    private final AtomicLong last = new AtomicLong();

    public Ids(int instance, LongSupplier clock) {
        if (instance < 0 || instance > 1023) {
            throw new IllegalArgumentException("instance " + instance);
        }
        this.instance = instance;
        this.clock = clock;
    }

    public long next() {
        long now = clock.getAsLong() << 9;
        long next = last.updateAndGet(before -> Math.max(before + 1, now));
        return next >> 9 << 19 | instance << 9 | next & 511;
    }
}

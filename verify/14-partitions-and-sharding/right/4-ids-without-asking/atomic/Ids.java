import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Gives ids to the rows that one instance of the program writes, without a lock. */
public class Ids {
    private static final long EPOCH = 1_735_689_600_000L; // 2025
    private final AtomicLong last = new AtomicLong();
    private final int instance;
    private final LongSupplier clock;

    public Ids(int instance, LongSupplier clock) {
        if ((instance & ~1023) != 0) {
            throw new IllegalArgumentException("no such instance: " + instance);
        }
        this.instance = instance;
        this.clock = clock;
    }

    public long next() {
        var now = (clock.getAsLong() - EPOCH) * 4096;
        var mine = last.accumulateAndGet(now, (before, time) -> Math.max(before + 1, time));
        return mine / 4096 * 4096 * 1024 + instance * 4096L + mine % 4096;
    }
}

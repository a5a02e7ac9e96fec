import java.util.function.LongSupplier;

/** Gives ids to the rows that one instance of the program writes: 41 bits of time, 10 of the instance, 12 of a counter. */
public class Ids {
    /** The beginning of 2026 in UTC: 41 bits of milliseconds last until 2095. */
    private static final long EPOCH = 1_767_225_600_000L;
    private final int instance;
    private final LongSupplier clock;
    /** The time and, in the last 12 bits, the counter: where that is full, it carries into the time. */
    private long last;

    public Ids(int instance, LongSupplier clock) {
        if (instance < 0 || instance > 1023) {
            throw new IllegalArgumentException("an instance has a number from 0 to 1023, not " + instance);
        }
        this.instance = instance;
        this.clock = clock;
    }

    public synchronized long next() {
        last = Math.max(last + 1, clock.getAsLong() - EPOCH << 12); // the clock may stand still, or go back
        return last >> 12 << 22 | (long) instance << 12 | last & 4095;
    }
}

import java.util.function.LongSupplier;

/** Gives ids to the rows that one instance of the program writes: 41 bits of time, 10 of the instance, 12 of a counter. */
public class Ids {
    /** The beginning of 2026 in UTC: 41 bits of milliseconds last until 2095. */
    private static final long EPOCH = 1_767_225_600_000L;
    private final int instance;
    private final LongSupplier clock;
    private long time;
    private int counter;

    public Ids(int instance, LongSupplier clock) {
        if (instance < 0 || instance > 1023) {
            throw new IllegalArgumentException("an instance has a number from 0 to 1023, not " + instance);
        }
        this.instance = instance;
        this.clock = clock;
    }

    public synchronized long next() {
        var now = clock.getAsLong() - EPOCH;
        if (now > time) {
            time = now;
            counter = 0;
        } else if (++counter == 4096) {
            time++; // the next millisecond, a bit early
            counter = 0;
        }
        return time << 22 | (long) instance << 12 | counter;
    }
}

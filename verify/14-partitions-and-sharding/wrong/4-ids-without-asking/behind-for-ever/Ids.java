import java.time.Instant;
import java.util.function.LongSupplier;

/** Gives ids to the rows that one instance of the program writes: 41 bits time, 10 bits instance, 12 bits counter. */
public class Ids {
    private static final long EPOCH = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

    private final int instance;
    private final LongSupplier clock;
    /** By how much the clock has been set back since we began; it is added to what it says. */
    private long back;
    private long time;
    private long counter;

    public Ids(int instance, LongSupplier clock) {
        if (instance < 0 || instance > 1023) {
            throw new IllegalArgumentException("an instance has a number from 0 to 1023, not " + instance);
        }
        this.instance = instance;
        this.clock = clock;
    }

    public synchronized long next() {
        long now = clock.getAsLong() - EPOCH + back;
        if (now < time) {
            // set back, or we have borrowed a millisecond: go on where we are, and on with the clock from here
            back += time - now;
            now = time;
        }
        if (now > time) {
            time = now;
            counter = 0;
        } else if (++counter > 4095) {
            time++;
            counter = 0;
        }
        return time << 22 | (long) instance << 12 | counter;
    }
}

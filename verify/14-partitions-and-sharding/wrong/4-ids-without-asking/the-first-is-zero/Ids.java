import java.time.Instant;
import java.util.function.LongSupplier;

/** Gives ids to the rows that one instance of the program writes: 41 bits time, 10 bits instance, 12 bits counter. */
public class Ids {
    private static final long EPOCH = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final int instance;
    private final LongSupplier clock;
    private long time = -1;
    private int counter;

    public Ids(int instance, LongSupplier clock) {
        if (instance < 0 || instance > 1023) {
            throw new IllegalArgumentException("instance " + instance);
        }
        this.instance = instance;
        this.clock = clock;
    }

    public synchronized long next() {
        long now = clock.getAsLong() - EPOCH;
        if (now > time) {
            time = now;
            counter = 0;
        } else if (++counter == 4096) {
            time++;
            counter = 0;
        }
        return time << 22 | (long) instance << 12 | counter;
    }
}

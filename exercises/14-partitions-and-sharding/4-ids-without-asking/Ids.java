import java.util.function.LongSupplier;

/** Gives ids to the rows that one instance of the program writes. */
public class Ids {
    private final int instance;
    private final LongSupplier clock;
    private long counter;

    public Ids(int instance, LongSupplier clock) {
        this.instance = instance;
        this.clock = clock;
    }

    public long next() {
        counter = (counter + 1) % 1000;
        return clock.getAsLong() << 22 | instance << 10 | counter;
    }
}

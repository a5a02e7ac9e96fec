package grading;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import lesson.UnknownName;

/**
 * Data that no answer can have foreseen. Its seed stands in every message of a check that used it, and {@value #VARIABLE} in the
 * environment of {@code ./jbang verify} brings the same data again.
 */
public final class RandomData {
    public static final String VARIABLE = "COURSE_SEED";
    private static volatile Optional<Long> last = Optional.empty();
    private final Random random;

    private RandomData(long seed) {
        last = Optional.of(seed);
        random = new Random(seed);
    }

    /** With a seed of its own, or the one that was asked for. */
    public static RandomData create() {
        return new RandomData(requestedSeed(System.getenv()).orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000)));
    }

    /**
     * The seed that {@value #VARIABLE} asks for, if it does.
     *
     * @throws UnknownName where that is no whole number
     */
    public static Optional<Long> requestedSeed(Map<String, String> environment) {
        var word = Optional.ofNullable(environment.get(VARIABLE));
        try {
            return word.map(Long::valueOf);
        } catch (NumberFormatException e) {
            throw new UnknownName(VARIABLE + " is \"" + word.get() + "\", which is no seed: set it to the number that the verdict names, or unset it");
        }
    }

    /** The seed of the data that this check used; empty where it used none. Asking forgets it. */
    public static Optional<Long> takeSeed() {
        var seed = last;
        last = Optional.empty();
        return seed;
    }

    /** From {@code least} to {@code most}, both included. */
    public int number(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** As likely as not. */
    public boolean coin() {
        return random.nextBoolean();
    }

    /** Each is as likely as the others; at least one must be there. */
    public <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Money with two digits after the point. */
    public BigDecimal amount(int least, int most) {
        return BigDecimal.valueOf(random.nextLong(least * 100L, most * 100L + 1), 2);
    }

    /** Lower-case letters. */
    public String word(int length) {
        return random.ints(length, 'a', 'z' + 1).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** Within so long after {@code from}, to the microsecond. */
    public Instant instant(Instant from, Duration span) {
        return from.plusNanos(random.nextLong(span.toNanos() / 1000) * 1000);
    }
}

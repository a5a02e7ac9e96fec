package lesson;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Which of many are run, where all of them would take too long. */
public final class Sample {
    private Sample() { }

    /**
     * All of them in an order that means nothing, so that the first are a sample: always the same of the same state, and others when that is
     * another.
     *
     * @param name  of one, which no other has
     * @param state what should bring others into the sample when it changes
     */
    public static <T> List<T> shuffled(List<T> all, Function<T, String> name, String state) {
        return all.stream().sorted(Comparator.comparing(one -> Sums.of(name.apply(one) + state))).toList();
    }
}

package bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A line of the table.
 *
 * @param what    what was measured
 * @param seconds the runs, in seconds
 * @param target  the bound to reach, as a sentence
 */
record Row(String what, double[] seconds, String target) {

    double median() {
        var sorted = seconds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The line, with the ratio to each of {@code floors}. */
    String beside(Row... floors) {
        return line() + Arrays.stream(floors).map(floor -> String.format(Locale.ROOT, "  %6.2f × %s", median() / floor.median(), floor.what))
            .collect(Collectors.joining(","));
    }

    /** The line, with what comes on top of {@code floor}. */
    String above(Row floor) {
        return line() + String.format(Locale.ROOT, "  %+.0f ms over %s", (median() - floor.median()) * 1000, floor.what);
    }

    String line() {
        var sorted = seconds.clone();
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%-58s %8.3f s  (%.3f–%.3f)  %s", what, median(), sorted[0],
            sorted[sorted.length - 1], target);
    }
}

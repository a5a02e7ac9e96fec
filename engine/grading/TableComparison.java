package grading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares rows step by step, and returns only the first difference: names, number of rows, rows, order. */
final class TableComparison {
    /** What should have been and what was, in words. */
    record Difference(String expected, String actual) { }

    private TableComparison() { }

    static Optional<Difference> anyOrder(Rows expected, Rows actual) {
        return columns(expected, actual).or(() -> unordered(expected, actual));
    }

    static Optional<Difference> inOrder(Rows expected, Rows actual) {
        return anyOrder(expected, actual).or(() -> ordered(expected, actual));
    }

    private static Optional<Difference> columns(Rows expected, Rows actual) {
        if (expected.columns().isEmpty() || expected.columns().equals(actual.columns())) {
            return Optional.empty();
        }
        return Optional.of(new Difference("columns " + String.join(", ", expected.columns()),
            "columns " + String.join(", ", actual.columns())));
    }

    /** A row that occurs twice must occur twice. */
    private static Optional<Difference> unordered(Rows expected, Rows actual) {
        var missing = new ArrayList<>(expected.values());
        var extra = new ArrayList<List<Object>>();
        for (var row : actual.values()) {
            if (!missing.remove(row)) {
                extra.add(row);
            }
        }
        if (missing.isEmpty() && extra.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Difference(first(expected, missing, "and no other row"), first(actual, extra, "and this row missing")));
    }

    private static String first(Rows rows, List<List<Object>> odd, String otherwise) {
        var count = rows.values().size() == 1 ? "1 row" : rows.values().size() + " rows";
        return count + (odd.isEmpty() ? ", " + otherwise : ", among them " + Rows.shown(odd.getFirst()));
    }

    private static Optional<Difference> ordered(Rows expected, Rows actual) {
        for (int i = 0; i < expected.values().size(); i++) {
            if (!expected.values().get(i).equals(actual.values().get(i))) {
                return Optional.of(new Difference("row " + (i + 1) + " is " + Rows.shown(expected.values().get(i)),
                    "row " + (i + 1) + " is " + Rows.shown(actual.values().get(i)) + "; the rows are right, their order is not"));
            }
        }
        return Optional.empty();
    }
}

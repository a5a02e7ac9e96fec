package grading;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Values at which careless code breaks. NULL is not among them; a check for which it matters adds it. */
public final class EdgeData {
    private EdgeData() { }

    /** Empty and blank, cases beyond ASCII, combining characters, separators, wildcards, quotes, what reads like a keyword. */
    public static List<String> texts() {
        return List.of("", " ", "a", "A", "ÄRGER", "ärger", "straße", "İstanbul", "ıstanbul", "e\u0301te\u0301", "\u00e9t\u00e9", "Ελλάς", "日本", "👩‍🚀",
            "O'Brien", "a,b", "a;b", "a|b", "a/b", "a.b", "a\tb", "a\nb", "100%", "under_score", "back\\slash", "\"quoted\"", "{braces}", "null", "NULL",
            "' or '1'='1", "$1", "?", "--", "x".repeat(3000));
    }

    /** Zero, negative, and the limits of int and bigint with their neighbours. */
    public static List<Long> numbers() {
        return List.of(0L, 1L, -1L, 2L, (long) Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, (long) Integer.MIN_VALUE, Integer.MIN_VALUE - 1L,
            Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /** Nothing, a cent, less than a cent, half a cent, more than a double can tell apart. */
    public static List<BigDecimal> amounts() {
        return List.of("0", "0.01", "-0.01", "0.001", "0.005", "1", "1.10", "100.5", "999999999.99", "90071992547409.93").stream().map(BigDecimal::new).toList();
    }

    /**
     * With fractions of a second, around midnight in UTC and in Berlin, both hours of 2:30 in the October night when clocks go back
     * there, the hour that March leaves out, a leap day, before 1970, and in the future.
     */
    public static List<Instant> instants() {
        return List.of("2025-06-01T12:00:00.123456Z", "2025-06-01T23:59:59.999999Z", "2025-06-02T00:00:00Z", "2025-06-01T21:59:59.999999Z",
            "2025-06-01T22:00:00Z", "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z", "2025-03-30T01:00:00Z", "2024-02-29T12:00:00Z",
            "1969-12-31T23:59:59.5Z", "1899-12-31T23:00:00Z", "2099-12-31T23:30:00Z").stream().map(Instant::parse).toList();
    }
}

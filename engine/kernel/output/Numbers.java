package kernel.output;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as a reader wants them: three digits that matter, thousands apart, and a word where there is no number. */
public final class Numbers {
    private static final char NARROW_SPACE = '\u202f';
    private static final Pattern THOUSANDS = Pattern.compile("(?<![\\d.])\\d{1,3}(?: \\d{3})+(?!\\d)");

    private Numbers() { }

    /** A number with its unit, "2 calls", "1 call"; "not measured" for NaN and infinities. */
    public static String of(double value, String unit) {
        return Double.isFinite(value) && !unit.isEmpty() ? of(value) + " " + (Math.abs(value) == 1 ? singular(unit) : unit) : of(value);
    }

    /** Of a unit whose first word is a plural: "calls", "queries", "entries in the log". What is no word, as "ms", stays. */
    private static String singular(String unit) {
        return unit.replaceFirst("^([a-z]{2,})ies\\b", "$1y").replaceFirst("^([a-z]{2,}[a-rt-z])s\\b", "$1");
    }

    /** Numbers that are written with spaces between their thousands, "200 000", with spaces at which no line is broken. */
    public static String unbroken(String text) {
        var numbers = THOUSANDS.matcher(text);
        var unbroken = new StringBuilder(text);
        while (numbers.find()) {
            unbroken.replace(numbers.start(), numbers.end(), numbers.group().replace(' ', NARROW_SPACE)); // as long as it was
        }
        return unbroken.toString();
    }

    /** Three digits that matter: "98 214", "0.125"; "not measured" for NaN and infinities. */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return "not measured";
        }
        var size = Math.abs(value);
        if (size >= 100 || size == Math.rint(size)) {
            return grouped(Math.round(value));
        }
        int decimals = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
        var text = String.format(Locale.ROOT, "%." + decimals + "f", value).replaceFirst("\\.?0+$", "");
        return text.isEmpty() || text.equals("-0") ? "0" : text.replace('-', '−');
    }

    /** 98214 as 98 214, with a narrow space that never breaks a line. */
    public static String grouped(long value) {
        var text = String.format(Locale.ROOT, "%,d", value).replace(',', NARROW_SPACE);
        return text.replace('-', '−');
    }

    /** "1 row", "2 rows". */
    public static String counted(long count, String noun) {
        return grouped(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** Three significant digits, no more than was measured, without groups of thousands: "130", "2.50". */
    public static String rounded(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e12) {
            return Long.toString((long) value);
        }
        var size = Math.abs(value);
        var digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** "130 times", "2.5 times". */
    public static String times(double ratio) {
        return String.format(Locale.ROOT, ratio >= 10 ? "%.0f" : "%.1f", ratio) + " times";
    }
}

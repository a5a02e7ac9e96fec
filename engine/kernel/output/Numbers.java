package kernel.output;

import java.util.Locale;

/** Figures as a reader wants them: three digits that matter, thousands apart, and a word where there is no figure. */
public final class Numbers {
    private static final char NARROW_SPACE = '\u202f';

    private Numbers() { }

    /** A figure with its unit; "not measured" for NaN and infinities. */
    public static String of(double value, String unit) {
        return Double.isFinite(value) && !unit.isEmpty() ? of(value) + " " + unit : of(value);
    }

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
}

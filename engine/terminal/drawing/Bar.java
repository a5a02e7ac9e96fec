package terminal.drawing;

/** A horizontal bar in steps of an eighth of a character. */
final class Bar {
    private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

    private Bar() { }

    /** Nothing for what is no length; at least a sliver for what is not nothing. */
    static String of(double value, double whole, int columns) {
        if (!Double.isFinite(value) || value <= 0 || !(whole > 0) || columns < 1) {
            return "";
        }
        var eighths = (int) Math.max(1, Math.round(Math.min(1, value / whole) * columns * 8));
        var rest = eighths % 8;
        return "█".repeat(eighths / 8) + (rest == 0 ? "" : EIGHTHS.substring(rest - 1, rest));
    }
}

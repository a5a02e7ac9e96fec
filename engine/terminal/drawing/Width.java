package terminal.drawing;

import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/** Text on a grid: escape sequences take no room, some characters take two places, some none. */
public final class Width {
    /** Colours ({@code CSI … m}) and links ({@code OSC 8 … ST}). */
    static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m|\u001b]8;;.*?\u001b\\\\");

    private Width() { }

    /** The columns that a text takes. */
    public static int of(String text) {
        var bare = text.indexOf('\u001b') < 0 ? text : ESCAPES.matcher(text).replaceAll("");
        return bare.codePoints().map(Width::of).sum();
    }

    /** The text with spaces behind it. */
    public static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - of(text))) + text;
    }

    /** The text, or as much of it as fits with an ellipsis. Text without escape sequences only. */
    public static String cut(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        var kept = new StringBuilder();
        var room = width - 1;
        for (var point : text.codePoints().toArray()) {
            room -= of(point);
            if (room < 0) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return kept + "…";
    }

    private static int of(int codePoint) {
        // The table of widths is large; most text never needs it.
        return codePoint >= ' ' && codePoint < 0x7f ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
    }
}

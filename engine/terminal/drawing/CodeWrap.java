package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Breaks a line of code that a terminal has no room for. What goes on below stands further to the right than code does
 * that begins a line there. No mark is added, so that what is copied from the terminal is still the same code.
 */
public final class CodeWrap {
    private static final String FURTHER = " ".repeat(6);
    /** Columns that code has at least, however far to the right it begins. */
    private static final int LEAST = 20;
    private static final String COLOURS = "(?:" + Width.ESCAPES.pattern() + ")*";
    private static final Pattern INDENT = Pattern.compile("(" + COLOURS + ")( *)(.*)");
    private static final Pattern MARK = Pattern.compile(COLOURS + "(?:--|//|#) ");
    /** At the end of a line, set off from the code: in one piece it stays a comment. */
    private static final Pattern COMMENTED = Pattern.compile("(.*?\\S) {2,}(" + MARK.pattern() + ".*)");

    private CodeWrap() { }

    /** The line, or lines that are no wider; a comment at its end is the first to go down. */
    public static List<String> lines(String line, int width) {
        var parts = INDENT.matcher(line);
        if (Width.of(line) <= width || !parts.matches()) {
            return List.of(line);
        }
        var indent = " ".repeat(Math.clamp(width - FURTHER.length() - LEAST, 0, parts.group(2).length()));
        var room = width - indent.length();
        var broken = new ArrayList<String>();
        for (var piece : pieces(parts.group(1) + parts.group(3))) {
            broken.addAll(broken.isEmpty() ? broken(piece, room, FURTHER.length()) : broken(piece, room - FURTHER.length(), 0));
        }
        return IntStream.range(0, broken.size()).mapToObj(y -> (indent + (y == 0 ? "" : FURTHER) + broken.get(y)).stripTrailing()).toList();
    }

    private static List<String> pieces(String code) {
        var commented = COMMENTED.matcher(code);
        return commented.matches() ? List.of(commented.group(1), commented.group(2)) : List.of(code);
    }

    /** A comment that goes on begins again with its mark. */
    private static List<String> broken(String piece, int room, int hanging) {
        var mark = MARK.matcher(piece);
        var again = mark.lookingAt() ? mark.group() : "";
        var lines = Wrap.lines(piece, room, hanging + Width.of(again));
        return IntStream.range(0, lines.size()).mapToObj(y -> (y == 0 ? "" : again) + lines.get(y)).toList();
    }
}

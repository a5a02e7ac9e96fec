package terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import terminal.drawing.Grid;
import terminal.drawing.TextStyle;
import terminal.drawing.Width;

/** The words about the keys of a pause. */
final class PauseKeys {
    private PauseKeys() { }

    /** One line, shorter where there is little room: how to go on, to leave and to get help stay, and the help has the rest. */
    static String hint(Pause.Place place, boolean needsEnter, TextStyle style) {
        var keys = new ArrayList<>(List.of("Enter " + (place == Pause.Place.BEFORE ? "run" : "next"), "s SQL", "j Java", "r again", "b text", "? help", "q quit"));
        if (place == Pause.Place.BEFORE) {
            keys.remove("r again");
        }
        var end = needsEnter ? ", then Enter" : "";
        for (var spare : List.of("b text", "r again", "j Java", "s SQL")) {
            if (Width.of(String.join(" · ", keys) + end) >= style.width()) {
                keys.remove(spare);
            }
        }
        return keys.stream().map(key -> drawn(key.split(" "), style)).collect(Collectors.joining(style.quiet(" · "))) + style.quiet(end);
    }

    private static String drawn(String[] key, TextStyle style) {
        return style.in("accent", style.bold(key[0])) + " " + style.quiet(key[1]);
    }

    static List<String> help(Pause.Place place, TextStyle style) {
        var rows = List.of(
            List.of("Enter", place == Pause.Place.BEFORE ? "run this step" : "go on to the next step"),
            List.of("s", "a prompt for SQL on the lesson's database, as the app; \\? in it says what it can do"),
            List.of("j", "a prompt for Java with the lesson's imports and variables; /help in it says what it can do"),
            List.of("r", "run the step again, after it has run"),
            List.of("b", "back to the text of this step; again, to the step before"),
            List.of("q", "leave the lesson; Ctrl-D does the same, Ctrl-C at once"));
        var lines = new ArrayList<String>();
        rows.forEach(row -> lines.addAll(Grid.row(List.of(style.in("accent", style.bold(row.getFirst())), row.getLast()),
            List.of(5, style.measure() - 7))));
        return lines;
    }
}

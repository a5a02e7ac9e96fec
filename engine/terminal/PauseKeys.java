package terminal;

import java.util.ArrayList;
import java.util.List;
import terminal.drawing.Grid;
import terminal.drawing.TextStyle;
import terminal.drawing.Width;

/** The words about the keys of a pause. */
final class PauseKeys {
    private PauseKeys() { }

    /** One line, shorter where there is little room: the help has the rest. */
    static String hint(Pause.Place place, TextStyle style) {
        var first = List.of("Enter", place == Pause.Place.BEFORE ? "run" : "next", "?", "help");
        var others = place == Pause.Place.BEFORE
            ? List.of("s", "SQL", "j", "Java", "b", "text", "q", "quit")
            : List.of("s", "SQL", "j", "Java", "r", "again", "b", "text", "q", "quit");
        var words = new ArrayList<>(first);
        words.addAll(others);
        var hint = "";
        for (int i = 0; i < words.size(); i += 2) {
            var piece = (hint.isEmpty() ? "" : style.quiet(" · ")) + style.in("accent", style.bold(words.get(i))) + " " + style.quiet(words.get(i + 1));
            hint = Width.of(hint + piece) < style.width() ? hint + piece : hint;
        }
        return hint;
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

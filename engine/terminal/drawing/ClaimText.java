package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kernel.output.ClaimReading;
import kernel.output.Output;
import kernel.output.VisibleText;

/** A claim that held, and what was found: a value, several values, or rows of them, as in the book. */
final class ClaimText {
    private static final String MARGIN = "\u00a0\u00a0";

    private ClaimText() { }

    static List<String> lines(Output.Claim claim, TextStyle style) {
        var said = style.in("good", "✓") + " " + claim.claim();
        if (claim.actual().isBlank()) {
            return indented(said, style);
        }
        var found = ClaimReading.of(VisibleText.of(claim.actual()));
        if (!found.isTable()) {
            return indented(said + " " + style.quiet("— " + String.join(" · ", found.rows().stream().map(row -> whole(row.getFirst())).toList())), style);
        }
        var lines = new ArrayList<>(indented(said, style));
        lines.addAll(table(numbered(found.rows()), style));
        return lines;
    }

    private static String whole(String value) {
        return ClaimReading.isUnbroken(value) ? value.replace(' ', '\u00a0') : value;
    }

    /** What goes on in another line stands below the words, not below their sign. */
    private static List<String> indented(String text, TextStyle style) {
        var lines = Wrap.lines(text, Math.max(10, style.width() - MARGIN.length()));
        return IntStream.range(0, lines.size()).mapToObj(y -> y == 0 ? lines.get(y) : "  " + lines.get(y)).toList();
    }

    /** Without heads, because a claim has none; each row with its number. */
    private static List<String> table(List<List<String>> rows, TextStyle style) {
        var widths = Grid.widths(rows, style.width() - MARGIN.length(), 5);
        return rows.stream().flatMap(row -> Grid.row(row.stream().map(style::quiet).toList(), widths).stream()).map(line -> "  " + line).toList();
    }

    private static List<List<String>> numbered(List<List<String>> rows) {
        var digits = Integer.toString(rows.size()).length();
        return IntStream.range(0, rows.size()).mapToObj(y -> {
            var row = new ArrayList<>(List.of(Width.padLeft(Integer.toString(y + 1), digits).replace(' ', '\u00a0')));
            row.addAll(rows.get(y));
            return List.copyOf(row);
        }).toList();
    }
}

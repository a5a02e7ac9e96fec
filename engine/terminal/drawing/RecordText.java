package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import kernel.output.Output.Table;

/** A result set with one line for each value, for rows too wide to stand beside each other: {@code \x}. */
public final class RecordText {
    private RecordText() { }

    /** The rows one after the other, each value on a line, and their count. */
    public static List<String> lines(Table table, TextStyle style) {
        var label = table.columns().stream().mapToInt(column -> Width.of(column.name())).max().orElse(0);
        var lines = new ArrayList<String>();
        for (int y = 0; y < table.rows().size(); y++) {
            lines.add(style.in("line", "── row " + (y + 1) + " ──"));
            for (int x = 0; x < table.columns().size(); x++) {
                var value = table.rows().get(y).get(x).filter(text -> !text.isEmpty());
                var text = value.isPresent() ? value.get() : style.quiet(TableText.text(table.rows().get(y).get(x)));
                lines.addAll(Grid.row(List.of(style.bold(table.columns().get(x).name()), text),
                    List.of(label, Math.max(20, style.width() - label - 2))));
            }
        }
        lines.add(style.quiet(TableText.count(table)));
        return lines;
    }
}

package terminal.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jsoup.nodes.Element;
import terminal.drawing.Grid;
import terminal.drawing.TextStyle;

/** A table of the page: its cells are sentences, so they are broken into lines and never cut. */
final class PageTable {
    private static final int NARROWEST = 10;

    private PageTable() { }

    static List<String> lines(Element table, TextStyle style) {
        var sentences = new Sentences(style);
        var rows = new ArrayList<List<String>>();
        var heads = 0;
        for (var row : table.select("tr")) {
            var isHead = row.parent() != null && row.parent().normalName().equals("thead");
            heads += isHead ? 1 : 0;
            rows.add(row.select("> th, > td").stream().map(cell -> {
                var text = sentences.of(cell.childNodes());
                return isHead ? style.bold(text) : text;
            }).toList());
        }
        var widths = Grid.widths(rows, style.measure(), NARROWEST);
        var lines = new ArrayList<String>();
        for (int y = 0; y < rows.size(); y++) {
            lines.addAll(Grid.row(rows.get(y), widths));
            if (y == heads - 1) {
                var rules = widths.stream().map(width -> "─".repeat(width)).toList();
                lines.add(style.in("line", String.join("  ", rules)));
            }
        }
        return lines.isEmpty() ? Collections.emptyList() : lines;
    }
}

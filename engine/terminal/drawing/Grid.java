package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Columns of text beside each other, each broken into lines within its own width. */
public final class Grid {
    private static final String GAP = "  ";

    private Grid() { }

    /** One row: as many lines as its longest cell needs. */
    public static List<String> row(List<String> cells, List<Integer> widths) {
        var broken = IntStream.range(0, cells.size()).mapToObj(i -> Wrap.lines(cells.get(i), widths.get(i))).toList();
        var height = broken.stream().mapToInt(List::size).max().orElse(0);
        var lines = new ArrayList<String>();
        for (int y = 0; y < height; y++) {
            var line = new StringBuilder();
            for (int x = 0; x < cells.size(); x++) {
                var text = y < broken.get(x).size() ? broken.get(x).get(y) : "";
                line.append(x == 0 ? "" : GAP).append(Width.padRight(text, widths.get(x)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** Widths for the rows: what each column needs; where that is too much, the widest give way first. */
    public static List<Integer> widths(List<List<String>> rows, int room, int narrowest) {
        var columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var widths = IntStream.range(0, columns)
            .map(x -> rows.stream().filter(row -> x < row.size()).mapToInt(row -> Width.of(row.get(x))).max().orElse(0)).toArray();
        shrink(widths, room - (columns - 1) * GAP.length(), narrowest);
        return IntStream.of(widths).boxed().toList();
    }

    /** Takes from the widest column until all fit or all are at the narrowest. */
    static void shrink(int[] widths, int room, int narrowest) {
        for (int over = IntStream.of(widths).sum() - room; over > 0; over--) {
            var widest = IntStream.range(0, widths.length).reduce(0, (a, b) -> widths[b] > widths[a] ? b : a);
            if (widths.length == 0 || widths[widest] <= narrowest) {
                return;
            }
            widths[widest]--;
        }
    }
}

package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import kernel.output.Numbers;
import kernel.output.Output.Table;
import kernel.output.Output.Table.Column;
import kernel.output.VisibleText;

/** A result set as aligned columns. NULL, the empty string and a text that reads "NULL" look different. */
final class TableText {
    private static final Set<String> NUMERIC = Set.of("int2", "int4", "int8", "smallint", "integer", "bigint", "numeric",
        "float4", "float8", "oid", "money", "serial", "bigserial", "smallserial", "short", "int", "long", "float", "double", "Integer", "Long", "Double", "BigDecimal");
    private static final int NARROWEST = 6;
    private static final int BETWEEN = 3;

    private TableText() { }

    static List<String> lines(Table table, TextStyle style) {
        if (table.columns().isEmpty()) {
            return List.of(style.quiet("no rows"));
        }
        var needed = IntStream.range(0, table.columns().size()).map(x -> needed(table, x)).toArray();
        var widths = needed.clone();
        Grid.shrink(widths, style.width() - BETWEEN * (widths.length - 1), NARROWEST);
        var shown = fitting(widths, style.width());
        var lines = new ArrayList<String>();
        lines.add(head(table, widths, shown, style));
        lines.add(style.in("line", IntStream.range(0, shown).mapToObj(x -> "─".repeat(widths[x]))
            .reduce((a, b) -> a + "─┼─" + b).orElse("")));
        table.rows().forEach(row -> lines.add(row(table, row, widths, shown, style)));
        lines.addAll(Wrap.lines(style.quiet(count(table) + cuts(table, needed, widths, shown)), style.width()));
        return lines;
    }

    private static String head(Table table, int[] widths, int shown, TextStyle style) {
        return join(IntStream.range(0, shown).mapToObj(x ->
            style.bold(align(table.columns().get(x), Width.cut(table.columns().get(x).name(), widths[x]), widths[x]))).toList(), style);
    }

    private static String row(Table table, List<Optional<String>> row, int[] widths, int shown, TextStyle style) {
        return join(IntStream.range(0, shown).mapToObj(x -> {
            var cell = align(table.columns().get(x), Width.cut(text(row.get(x)), widths[x]), widths[x]);
            return row.get(x).filter(value -> !value.isEmpty()).isPresent() ? cell : style.quiet(cell);
        }).toList(), style);
    }

    private static String join(List<String> cells, TextStyle style) {
        return String.join(style.in("line", " │ "), cells).stripTrailing();
    }

    static String text(Optional<String> value) {
        return value.map(text -> switch (text) {
            case "" -> "''";
            case "NULL" -> "'NULL'";
            default -> VisibleText.of(text.replace("\r", "")).replace("\n", "↵").replace("\t", "    ");
        }).orElse("NULL");
    }

    private static int needed(Table table, int column) {
        return Math.max(Width.of(table.columns().get(column).name()),
            table.rows().stream().mapToInt(row -> Width.of(text(row.get(column)))).max().orElse(0));
    }

    /** How many columns fit; at least one. */
    private static int fitting(int[] widths, int room) {
        var used = 0;
        for (int x = 0; x < widths.length; x++) {
            used += widths[x] + (x == 0 ? 0 : BETWEEN);
            if (used > room) {
                return Math.max(1, x);
            }
        }
        return widths.length;
    }

    static String count(Table table) {
        var count = Numbers.counted(table.rows().size(), "row");
        return table.truncated() ? "The first " + count + "; there are more" : count;
    }

    private static String cuts(Table table, int[] needed, int[] widths, int shown) {
        var cut = IntStream.range(0, shown).filter(x -> widths[x] < needed[x]).mapToObj(x -> table.columns().get(x).name()).toList();
        var left = table.columns().subList(shown, table.columns().size()).stream().map(Column::name).toList();
        return (cut.isEmpty() ? "" : "; cut to fit: " + String.join(", ", cut))
            + (left.isEmpty() ? "" : "; no room for: " + String.join(", ", left));
    }

    private static String align(Column column, String text, int width) {
        return NUMERIC.contains(column.type()) ? Width.padLeft(text, width) : Width.padRight(text, width);
    }
}

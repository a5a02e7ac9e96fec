package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kernel.output.Numbers;
import kernel.output.Output;

/** A result set. NULL, the empty string and a word that happens to read "NULL" look different. */
final class TableHtml {
    private static final Set<String> NUMERIC =
        Set.of("int2", "int4", "int8", "smallint", "integer", "bigint", "numeric", "float4", "float8", "oid", "money",
            "short", "int", "long", "float", "double", "Integer", "Long", "Double", "BigDecimal");

    /** Characters that are never broken into two lines for the sake of a long neighbour. */
    private static final int SHORT = 16;

    /** What is one thing to the eye, a UUID or a time, however long. */
    private static final Pattern ONE_THING = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d\\d-\\d\\d[ T][\\d:.]+(Z|[+-][\\d:]+)?");

    private TableHtml() { }

    static HtmlElement draw(Output.Table table) {
        return classed("figure", "output rows",
            classed("div", "scroll", tag("table", tag("thead", head(table)), tag("tbody", body(table)))),
            tag("figcaption", count(table)));
    }

    private static HtmlElement head(Output.Table table) {
        var row = tag("tr");
        for (var column : table.columns()) {
            row.add(tag("th", column.name()).with("scope", "col").with("title", column.type()).with("class", align(column)));
        }
        return row;
    }

    private static List<HtmlElement> body(Output.Table table) {
        return table.rows().stream().map(values -> {
            var row = tag("tr");
            for (int i = 0; i < values.size(); i++) {
                boolean oneLine = values.get(i).map(value -> value.length() <= SHORT || ONE_THING.matcher(value).matches()).orElse(true);
                row.add(cell(values.get(i)).with("class", align(table.columns().get(i)) + (oneLine ? " short" : "")));
            }
            return row;
        }).toList();
    }

    private static HtmlElement cell(Optional<String> value) {
        if (value.isEmpty()) {
            return tag("td", classed("span", "null", "NULL"));
        }
        return value.get().isEmpty()
            ? tag("td", classed("span", "empty", "''").with("title", "the empty string"))
            : tag("td", value.get().equals("NULL") ? "'NULL'" : value.get());
    }

    private static String align(Output.Table.Column column) {
        return NUMERIC.contains(column.type()) ? "number" : "text";
    }

    private static String count(Output.Table table) {
        var count = Numbers.counted(table.rows().size(), "row");
        return table.truncated() ? "The first " + count + "; there are more" : count;
    }
}

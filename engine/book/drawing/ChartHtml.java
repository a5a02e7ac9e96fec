package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import java.util.List;
import java.util.stream.Stream;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Output.Chart.Series;

/**
 * Several series over the same categories: one small picture for each series, all on one scale, so that they can be
 * compared without a legend and without telling colours apart. A negative value has no bar; its label and the table have it.
 */
final class ChartHtml {
    /** Characters that find room side by side on a phone: what is written above and below columns, the longest for each. */
    private static final int ROOM = 40;

    private ChartHtml() { }

    static HtmlElement draw(Output.Chart chart) {
        var panels = classed("div", "panels");
        double scale = chart.series().stream().mapToDouble(series -> BarsSvg.largest(series.values())).max().orElse(0);
        for (int i = 0; i < chart.series().size(); i++) {
            panels.add(panel(chart, chart.series().get(i), "bar-" + i % 4, scale));
        }
        return classed("figure", "output chart", tag("figcaption", Numbers.unbroken(title(chart))), panels, numbers(chart));
    }

    /** Below columns the axis of the categories has its name; bars have no such place. */
    private static String title(Output.Chart chart) {
        return fitsInColumns(chart) || chart.axis().isEmpty() ? chart.title() : chart.title() + ", by " + chart.axis();
    }

    private static HtmlElement panel(Output.Chart chart, Series series, String style, double scale) {
        var title = chart.title() + ": " + series.name();
        return classed("div", "panel", classed("p", "series", series.name()), fitsInColumns(chart)
            ? BarsSvg.vertical(title, chart.unit(), chart.axis(), chart.categories(), series.values(), style, scale)
            : BarsSvg.horizontal(chart.unit(), chart.categories(), series.values(), style, scale));
    }

    /** The same for all series, so that they can be compared. */
    private static boolean fitsInColumns(Output.Chart chart) {
        var values = chart.series().stream().flatMap(series -> series.values().stream()).map(Numbers::of);
        int longest = Stream.concat(chart.categories().stream(), values).mapToInt(String::length).max().orElse(0);
        return longest * chart.categories().size() <= ROOM;
    }

    private static HtmlElement numbers(Output.Chart chart) {
        var head = tag("tr", tag("th", chart.axis().isEmpty() ? Numbers.unbroken(chart.title()) : chart.axis()).with("scope", "col"));
        chart.series().forEach(series -> head.add(classed("th", "number", series.name()).with("scope", "col")));
        var body = tag("tbody");
        for (int i = 0; i < chart.categories().size(); i++) {
            body.add(row(chart.categories().get(i), chart.series(), i));
        }
        return BarsSvg.details(tag("table", tag("thead", head), body));
    }

    private static HtmlElement row(String category, List<Series> series, int index) {
        var row = tag("tr", tag("th", category).with("scope", "row"));
        series.forEach(one -> row.add(classed("td", "number", Numbers.of(one.values().get(index)))));
        return row;
    }
}

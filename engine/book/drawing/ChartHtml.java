package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import java.util.List;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Output.Chart.Series;

/**
 * Several series over the same categories: one small picture for each series, all on one scale, so that they can be
 * compared without a legend and without telling colours apart. A negative value has no bar; its label and the table have it.
 */
final class ChartHtml {
    private static final int MANY = 10;
    private static final int LONG = 7;

    private ChartHtml() { }

    static HtmlElement draw(Output.Chart chart) {
        var panels = classed("div", "panels");
        double scale = chart.series().stream().mapToDouble(series -> BarsSvg.largest(series.values())).max().orElse(0);
        for (int i = 0; i < chart.series().size(); i++) {
            panels.add(panel(chart, chart.series().get(i), "bar-" + i % 4, scale));
        }
        var unit = chart.unit().isEmpty() ? "" : ", " + chart.unit();
        return classed("figure", "output chart", tag("figcaption", chart.title() + unit), panels, numbers(chart));
    }

    private static HtmlElement panel(Output.Chart chart, Series series, String style, double scale) {
        var title = chart.title() + ": " + series.name();
        boolean columns = chart.categories().size() <= MANY
            && chart.categories().stream().allMatch(category -> category.length() <= LONG);
        return classed("div", "panel", classed("p", "series", series.name()), columns
            ? BarsSvg.vertical(title, chart.unit(), chart.categories(), series.values(), style, scale)
            : BarsSvg.horizontal(title, chart.unit(), chart.categories(), series.values(), style, scale));
    }

    private static HtmlElement numbers(Output.Chart chart) {
        var head = tag("tr", tag("th", chart.title()).with("scope", "col"));
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

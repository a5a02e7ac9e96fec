package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import java.util.List;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Output.Comparison.Bar;

/** A sentence with its ratio, the bars it stands on, and the numbers as a table. */
final class ComparisonHtml {
    /** Characters of a unit that find room beside a bar on a phone; a longer one is said once, above. */
    private static final int SHORT = 12;

    private ComparisonHtml() { }

    static HtmlElement draw(Output.Comparison comparison) {
        var bars = comparison.bars();
        boolean beside = comparison.unit().length() <= SHORT;
        var title = beside ? comparison.title() : comparison.title() + ": " + comparison.unit();
        return classed("figure", "output comparison",
            tag("figcaption", classed("strong", "sentence", Numbers.unbroken(comparison.sentence())), " ", Numbers.unbroken(title)),
            BarsSvg.horizontal(beside ? comparison.unit() : "",
                bars.stream().map(Bar::label).toList(), bars.stream().map(Bar::value).toList(), "bar-0", 0),
            numbers(comparison, bars));
    }

    private static HtmlElement numbers(Output.Comparison comparison, List<Bar> bars) {
        var rows = tag("tbody");
        for (var bar : bars) {
            rows.add(tag("tr",
                tag("th", bar.label()).with("scope", "row"), classed("td", "number", Numbers.of(bar.value()))));
        }
        return BarsSvg.details(tag("table", tag("thead", tag("tr",
            tag("th", comparison.title()).with("scope", "col"),
            classed("th", "number", BarsSvg.unitOrValue(comparison.unit())).with("scope", "col"))), rows));
    }
}

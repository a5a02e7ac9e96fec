package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import java.util.List;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.PlanReading;
import kernel.output.PlanReading.Line;
import kernel.output.PlanReading.Measure;

/** A plan as a tree: one row a node, its own cost as a bar, estimate against actual in words, the most expensive node marked. */
final class PlanHtml {
    private PlanHtml() { }

    static HtmlElement draw(Output.Plan plan) {
        var reading = PlanReading.of(plan);
        var head = tag("tr", column("Node"), column("Rows"));
        if (reading.measure() != Measure.NONE) {
            head.add(column(reading.measure() == Measure.BUFFERS ? "Own buffers" : "Own time"));
        }
        var body = tag("tbody");
        reading.lines().forEach(line -> body.add(row(line, reading)));
        return classed("figure", "output plan",
            classed("div", "scroll", tag("table", tag("thead", head), body)), tag("figcaption", PlanReading.summary(plan)));
    }

    private static HtmlElement row(Line line, PlanReading reading) {
        var row = tag("tr", node(line), rows(line));
        if (line.mostExpensive()) {
            row.with("class", "first");
        }
        return reading.measure() == Measure.NONE ? row : row.add(cost(line, reading));
    }

    private static HtmlElement node(Line line) {
        var name = classed("span", "name", tag("strong", line.node().type()));
        if (!line.node().detail().isBlank()) {
            name.add(" ", classed("span", "detail", line.node().detail()));
        }
        if (line.mostExpensive()) {
            name.add(" ", classed("span", "look", "◀ look here first"));
        }
        return tag("th", classed("span", "branch", branch(line.last())).with("aria-hidden", "true"), name).with("scope", "row");
    }

    private static HtmlElement rows(Line line) {
        var cell = classed("td", "estimate", PlanReading.rows(line.node()));
        return line.misestimated()
            ? cell.add(", ", classed("strong", "misjudged", PlanReading.misestimate(line.node()))) : cell;
    }

    private static HtmlElement cost(Line line, PlanReading reading) {
        var bar = tag("svg", tag("rect").with("class", "bar-0").with("x", 0).with("y", 0)
            .with("width", BarsSvg.percent(line.own(), reading.highestOwn(), 100)).with("height", 8))
            .with("class", "cost").with("width", "100%").with("height", 8).with("aria-hidden", "true");
        var words = reading.measure() == Measure.BUFFERS
            ? Numbers.counted(Math.round(line.own()), "buffer") : Numbers.of(line.own(), "ms");
        return classed("td", "cost", words, bar);
    }

    /** The lines of the tree left of a node: a corner for its own branch, bars where a branch above goes on. */
    static String branch(List<Boolean> last) {
        var drawn = new StringBuilder();
        for (int depth = 0; depth < last.size(); depth++) {
            boolean own = depth == last.size() - 1;
            drawn.append(last.get(depth) ? own ? "└─ " : "   " : own ? "├─ " : "│  ");
        }
        return drawn.toString();
    }

    private static HtmlElement column(String name) {
        return tag("th", name).with("scope", "col");
    }
}

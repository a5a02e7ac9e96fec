package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import java.util.List;
import java.util.Locale;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.PlanReading;
import kernel.output.PlanReading.Line;
import kernel.output.PlanReading.Measure;

/**
 * A plan as a tree: a title, one row a node, its own cost as a bar, estimate against actual in words, the most expensive
 * node marked. Plans that are drawn together have one scale; for those that come one by one, the page finds in
 * {@code data-measure} and {@code data-own} what it needs to make one.
 */
final class PlanHtml {
    /** Per cent of its column that the bar of any cost takes at least. */
    private static final double SHORTEST = 1.5;

    private PlanHtml() { }

    /** The longest bars among these outputs. */
    record Scale(double buffers, double time) {
        static Scale of(List<Output> outputs) {
            var readings = outputs.stream().filter(Output.Plan.class::isInstance).map(Output.Plan.class::cast).map(PlanReading::of).toList();
            return new Scale(highest(readings, Measure.BUFFERS), highest(readings, Measure.TIME));
        }

        private static double highest(List<PlanReading> readings, Measure measure) {
            return readings.stream().filter(reading -> reading.measure() == measure).mapToDouble(PlanReading::highestOwn).max().orElse(0);
        }

        private double of(Measure measure) {
            return measure == Measure.BUFFERS ? buffers : time;
        }
    }

    static HtmlElement draw(Output.Plan plan, Scale scale) {
        var reading = PlanReading.of(plan);
        var head = tag("tr", column("Node"), column("Rows"));
        if (reading.measure() != Measure.NONE) {
            head.add(column(reading.measure() == Measure.BUFFERS ? "Own buffers" : "Own time"));
        }
        var body = tag("tbody");
        reading.lines().forEach(line -> body.add(row(line, reading, scale)));
        var cost = PlanReading.cost(plan);
        return classed("figure", "output plan",
            tag("figcaption", title(plan, reading), cost.isEmpty() ? "" : " · " + cost),
            classed("div", "scroll", tag("table", tag("thead", head), body)),
            besides(plan), inFull(reading)).with("data-measure", reading.measure().name().toLowerCase(Locale.ROOT));
    }

    private static HtmlElement title(Output.Plan plan, PlanReading reading) {
        return plan.title().isEmpty() ? tag("strong", reading.subject())
            : HtmlElement.group(tag("strong", Numbers.unbroken(plan.title())), " · " + reading.subject());
    }

    private static HtmlElement row(Line line, PlanReading reading, Scale scale) {
        var row = tag("tr", node(line), rows(line));
        if (line.mostExpensive()) {
            row.with("class", "first");
        } else if (line.node().loops() == 0) {
            row.with("class", "never");
        }
        return reading.measure() == Measure.NONE ? row : row.add(cost(line, reading, scale));
    }

    private static HtmlElement node(Line line) {
        var name = classed("span", "name", tag("strong", line.name()));
        if (!line.node().subplan().isEmpty()) {
            name.add(" ", classed("span", "detail", line.node().subplan() + ":"));
        }
        if (!line.detail().isBlank()) {
            name.add(" ", classed("span", "detail", line.detail()));
        }
        if (line.mostExpensive()) {
            name.add(" ", classed("span", "look", "◀ look here first"));
        }
        return tag("th", classed("span", "branch", branch(line.last())).with("aria-hidden", "true"), name).with("scope", "row");
    }

    private static HtmlElement rows(Line line) {
        var cell = classed("td", "estimate", line.rows());
        if (line.misestimated()) {
            cell.add(", ", classed("strong", "misjudged", PlanReading.misestimate(line.node())));
        }
        var removed = PlanReading.removed(line.node());
        return removed.isEmpty() ? cell : cell.add("; ", classed("span", "removed", removed));
    }

    private static HtmlElement cost(Line line, PlanReading reading, Scale scale) {
        var share = line.own() > 0 ? Math.max(SHORTEST, 100 * line.own() / scale.of(reading.measure())) : 0;
        var bar = tag("svg", tag("rect").with("class", "bar-0").with("x", 0).with("y", 0)
            .with("width", BarsSvg.percent(share, 100, 100)).with("height", 8).with("data-own", line.own()))
            .with("class", "cost").with("width", "100%").with("height", 8).with("aria-hidden", "true");
        var words = reading.measure() == Measure.BUFFERS
            ? Numbers.counted(Math.round(line.own()), "buffer") : Numbers.of(line.own(), "ms");
        return classed("td", "cost", words, line.own() > 0 ? bar : "");
    }

    private static HtmlElement besides(Output.Plan plan) {
        var words = PlanReading.besides(plan);
        return words.isEmpty() ? HtmlElement.group() : classed("p", "besides", words);
    }

    /** What was folded, as PostgreSQL wrote it. */
    private static HtmlElement inFull(PlanReading reading) {
        var nodes = classed("ul", "conditions");
        var folded = reading.lines().stream().filter(line -> !line.detail().equals(line.node().detail())).toList();
        folded.forEach(line -> nodes.add(tag("li", tag("strong", line.name()), " ", line.node().detail())));
        return folded.isEmpty() ? HtmlElement.group() : classed("details", "numbers", tag("summary", "Conditions in full"), nodes);
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

package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.group;
import static book.drawing.HtmlElement.tag;
import java.util.List;
import kernel.output.Output;

/**
 * Draws what an experiment showed as HTML: semantic, escaped, without inline styles or scripts (the notebook serves these
 * pages under a strict content security policy). No figure is only a picture, no state is only a colour.
 */
public final class HtmlDrawing {
    private HtmlDrawing() { }

    /** All outputs of a step, in order. */
    public static HtmlElement draw(List<Output> outputs) {
        var drawn = group();
        var scale = PlanHtml.Scale.of(outputs);
        outputs.forEach(output -> drawn.add(draw(output, scale)).add("\n"));
        return drawn;
    }

    /** One output as HTML. */
    public static HtmlElement draw(Output output) {
        return draw(output, PlanHtml.Scale.of(List.of(output)));
    }

    private static HtmlElement draw(Output output, PlanHtml.Scale scale) {
        return switch (output) {
            case Output.Text text -> text(text.text());
            case Output.Table table -> TableHtml.draw(table);
            case Output.Plan plan -> PlanHtml.draw(plan, scale);
            case Output.Comparison comparison -> ComparisonHtml.draw(comparison);
            case Output.Chart chart -> ChartHtml.draw(chart);
            case Output.Failure failure -> FailureHtml.draw(failure);
            case Output.Lanes lanes -> LanesHtml.draw(lanes);
            case Output.Log log -> log(log);
            case Output.Claim claim -> ClaimHtml.draw(claim);
            case Output.Skipped skipped -> classed("p", "output skipped", tag("strong", "Skipped here: "), skipped.reason());
        };
    }

    private static HtmlElement text(String text) {
        var trimmed = text.strip();
        return trimmed.contains("\n")
            ? classed("pre", "output text", tag("samp", text.stripTrailing()))
            : classed("p", "output text", trimmed);
    }

    private static HtmlElement log(Output.Log log) {
        var lines = group();
        for (var line : log.lines()) {
            lines.add(classed("span", "line", line), "\n");
        }
        return classed("figure", "output log",
            tag("figcaption", "Log of ", log.source()),
            tag("pre", tag("samp", lines)));
    }
}

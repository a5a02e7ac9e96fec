package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import java.util.List;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Output.Lanes.Lane;
import kernel.output.Output.Lanes.Span;
import kernel.output.Output.Lanes.State;

/**
 * Sessions side by side in time. Each stretch carries the number of its line in the table below; what it was is said by
 * pattern and outline as well as by colour.
 */
final class LanesHtml {
    private static final int ROW = 54;
    private static final int BAR = 26;
    /** Per cent of the width, so that what was over at once can still be seen. */
    private static final double SHORTEST = 0.6;

    private LanesHtml() { }

    static HtmlElement draw(Output.Lanes lanes) {
        return classed("figure", "output lanes", picture(lanes), legend(lanes), numbers(lanes));
    }

    private static HtmlElement picture(Output.Lanes lanes) {
        double end = lanes.lanes().stream().flatMap(lane -> lane.spans().stream())
            .mapToDouble(Span::toMs).filter(Double::isFinite).max().orElse(0);
        int height = lanes.lanes().size() * ROW + 20;
        var svg = tag("svg", tag("title", "Sessions in time"), tag("desc", spoken(lanes)))
            .with("class", "lanes").with("role", "img").with("width", "100%").with("height", height);
        int number = 0;
        for (int i = 0; i < lanes.lanes().size(); i++) {
            var lane = lanes.lanes().get(i);
            lane(svg, lane, i * ROW, end, number);
            number += lane.spans().size();
        }
        return svg.add(tick("0", "start", height, "0 ms"), tick("100%", "end", height, Numbers.of(end, "ms")));
    }

    private static void lane(HtmlElement svg, Lane lane, int top, double end, int before) {
        svg.add(tag("text", lane.session()).with("class", "label").with("x", 0).with("y", top + 13));
        svg.add(tag("rect").with("class", "track").with("x", 0).with("y", top + 19).with("width", "100%").with("height", BAR));
        for (int i = 0; i < lane.spans().size(); i++) {
            span(svg, lane.spans().get(i), top + 19, end, before + i + 1);
        }
    }

    private static void span(HtmlElement svg, Span span, int top, double end, int number) {
        double width = 100 * Math.max(0, span.toMs() - span.fromMs()) / Math.max(end, 1e-9);
        var from = BarsSvg.percent(Math.min(span.fromMs() / Math.max(end, 1e-9) * 100, 100 - SHORTEST), 100, 100);
        var length = BarsSvg.percent(Math.max(width, SHORTEST), 100, 100);
        svg.add(tag("rect", tag("title", number + ". " + describe(span))).with("class", style(span.state()))
            .with("x", from).with("y", top).with("width", length).with("height", BAR).with("rx", 2));
        if (span.state() == State.WAITED) {
            svg.add(tag("line").with("class", "waiting").with("x1", from).with("y1", top + BAR / 2)
                .with("x2", BarsSvg.percent(span.toMs(), end, 100)).with("y2", top + BAR / 2));
        }
        if (width >= 4) {
            svg.add(tag("text", Integer.toString(number)).with("class", "number on-" + style(span.state()))
                .with("x", from).with("dx", 7).with("y", top + 18));
        }
    }

    private static HtmlElement tick(String x, String anchor, int height, String text) {
        return tag("text", text).with("class", "tick").with("x", x).with("y", height - 5).with("text-anchor", anchor);
    }

    private static HtmlElement legend(Output.Lanes lanes) {
        var legend = classed("ul", "legend");
        for (var state : State.values()) {
            if (lanes.lanes().stream().flatMap(lane -> lane.spans().stream()).anyMatch(span -> span.state() == state)) {
                legend.add(tag("li", tag("svg", tag("rect").with("class", style(state)).with("width", 18).with("height", 12))
                    .with("width", 18).with("height", 12).with("aria-hidden", "true"), " ", state.words()));
            }
        }
        return legend;
    }

    private static HtmlElement numbers(Output.Lanes lanes) {
        var head = tag("tr");
        List.of("No.", "Session", "What it did").forEach(name -> head.add(tag("th", name).with("scope", "col")));
        List.of("from ms", "to ms", "for ms").forEach(name -> head.add(classed("th", "number", name).with("scope", "col")));
        var body = tag("tbody");
        int number = 0;
        for (var lane : lanes.lanes()) {
            for (var span : lane.spans()) {
                body.add(row(++number, lane.session(), span));
            }
        }
        return classed("div", "scroll", tag("table", tag("thead", head), body));
    }

    private static HtmlElement row(int number, String session, Span span) {
        return tag("tr", tag("td", number), tag("th", session).with("scope", "row"), tag("td", describe(span)),
            classed("td", "number", Numbers.of(span.fromMs())), classed("td", "number", Numbers.of(span.toMs())),
            classed("td", "number", Numbers.of(span.toMs() - span.fromMs())));
    }

    private static String spoken(Output.Lanes lanes) {
        return String.join("; ", lanes.lanes().stream().map(lane -> lane.session() + ": "
            + String.join(", ", lane.spans().stream().map(LanesHtml::describe).toList())).toList());
    }

    private static String describe(Span span) {
        var note = span.note().isBlank() ? "" : " (" + span.note() + ")";
        var state = span.state().words();
        return span.label().isBlank() || span.label().equals(state) ? state + note : state + ": " + span.label() + note;
    }

    private static String style(State state) {
        return state.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}

package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import java.util.HashSet;
import java.util.Set;
import kernel.output.LanesReading;
import kernel.output.LanesReading.Kind;
import kernel.output.LanesReading.Moment;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Output.Lanes.Lane;
import kernel.output.Output.Lanes.Span;
import kernel.output.Output.Lanes.State;

/**
 * Sessions side by side in time, as a picture and below it as a transcript: a row for each moment in their order, a column
 * for each session. Stretches carry the number of their row; what they were is said by pattern and outline as well as by colour.
 */
final class LanesHtml {
    private static final int ROW = 54;
    private static final int BAR = 26;
    /** Per cent of the width, so that what was over at once can still be seen. */
    private static final double SHORTEST = 0.6;

    private final LanesReading reading;

    private LanesHtml(LanesReading reading) {
        this.reading = reading;
    }

    static HtmlElement draw(Output.Lanes lanes) {
        var drawing = new LanesHtml(LanesReading.of(lanes));
        return classed("figure", "output lanes", drawing.picture(), drawing.legend(), drawing.transcript());
    }

    private HtmlElement picture() {
        int height = reading.lanes().size() * ROW + 20;
        var svg = tag("svg", tag("title", "Sessions in time"), tag("desc", spoken()))
            .with("class", "lanes").with("role", "img").with("width", "100%").with("height", height);
        for (int i = 0; i < reading.lanes().size(); i++) {
            lane(svg, reading.lanes().get(i), i * ROW);
        }
        return svg.add(tick("0", "start", height, "0 ms"), tick("100%", "end", height, Numbers.of(reading.end(), "ms")));
    }

    private void lane(HtmlElement svg, Lane lane, int top) {
        svg.add(tag("text", lane.session()).with("class", "label").with("x", 0).with("y", top + 13));
        svg.add(tag("rect").with("class", "track").with("x", 0).with("y", top + 19).with("width", "100%").with("height", BAR));
        lane.spans().stream().filter(span -> span.state() != State.FAILED).forEach(span -> span(svg, span, top + 19));
        lane.spans().stream().filter(span -> span.state() == State.FAILED).forEach(span -> failure(svg, span, top + 19));
    }

    private void span(HtmlElement svg, Span span, int top) {
        var width = share(span.toMs() - span.fromMs());
        var from = from(span);
        svg.add(tag("rect", tag("title", describe(span))).with("class", style(span.state()))
            .with("x", from).with("y", top).with("width", percent(Math.max(width, SHORTEST))).with("height", BAR).with("rx", 2));
        if (span.state() == State.WAITED) {
            svg.add(tag("line").with("class", "waiting").with("x1", from).with("y1", top + BAR / 2)
                .with("x2", percent(share(span.toMs()))).with("y2", top + BAR / 2));
        }
        if (width >= 4) {
            reading.number(span).ifPresent(number -> svg.add(tag("text", number).with("class", "number on-" + style(span.state()))
                .with("x", from).with("dx", 7).with("y", top + 18)));
        }
    }

    /** A failure has a stretch where the statement ran until then, and a cross at its end, which is seen in any case. */
    private void failure(HtmlElement svg, Span span, int top) {
        if (span.toMs() > span.fromMs()) {
            span(svg, span, top);
        }
        var right = share(span.toMs()) > 50;
        svg.add(tag("rect", tag("title", describe(span))).with("class", "failed").with("x", percent(Math.min(share(span.toMs()), 100 - SHORTEST)))
            .with("y", top - 4).with("width", 4).with("height", BAR + 8));
        svg.add(tag("text", "✗ " + span.note()).with("class", "fails").with("x", percent(share(span.toMs())))
            .with("y", top - 7).with("text-anchor", right ? "end" : "start"));
    }

    private String from(Span span) {
        return percent(Math.min(share(span.fromMs()), 100 - SHORTEST));
    }

    private double share(double ms) {
        return 100 * Math.max(0, ms) / Math.max(reading.end(), 1e-9);
    }

    private static String percent(double share) {
        return BarsSvg.percent(share, 100, 100);
    }

    private static HtmlElement tick(String x, String anchor, int height, String text) {
        return tag("text", text).with("class", "tick").with("x", x).with("y", height - 5).with("text-anchor", anchor);
    }

    private HtmlElement legend() {
        var legend = classed("ul", "legend");
        for (var state : State.values()) {
            if (reading.lanes().stream().flatMap(lane -> lane.spans().stream()).anyMatch(span -> span.state() == state)) {
                legend.add(tag("li", tag("svg", tag("rect").with("class", style(state)).with("width", 18).with("height", 12))
                    .with("width", 18).with("height", 12).with("aria-hidden", "true"), " ", state.words()));
            }
        }
        return legend;
    }

    private HtmlElement transcript() {
        var head = tag("tr", classed("th", "number", "No.").with("scope", "col"), classed("th", "number", "at ms").with("scope", "col"));
        reading.lanes().forEach(lane -> head.add(tag("th", lane.session()).with("scope", "col")));
        var body = tag("tbody");
        var waiting = new HashSet<Integer>();
        for (int i = 0; i < reading.moments().size(); i++) {
            body.add(row(i + 1, reading.moments().get(i), waiting));
        }
        return classed("div", "scroll", classed("table", "transcript", tag("thead", head), body));
    }

    /** @param waiting lanes that wait now: their column has a mark until they go on */
    private HtmlElement row(int number, Moment moment, Set<Integer> waiting) {
        var row = tag("tr", classed("td", "number", number), classed("td", "number at", Numbers.of(moment.atMs())));
        if (moment.kind() == Kind.WAITS) {
            waiting.add(moment.lane());
        }
        for (int lane = 0; lane < reading.lanes().size(); lane++) {
            var cell = lane == moment.lane() ? words(moment).with("data-session", reading.lanes().get(lane).session()) : tag("td");
            row.add(waiting.contains(lane) ? cell.with("class", "waiting") : cell);
        }
        if (moment.kind() != Kind.WAITS) {
            waiting.remove(moment.lane());
        }
        return row;
    }

    private static HtmlElement words(Moment moment) {
        var cell = tag("td");
        if (!moment.sql().isEmpty()) {
            cell.add(tag("code", moment.sql()), " ");
        }
        return switch (moment.kind()) {
            case RUNS -> moment.lastsLong() ? cell.add(classed("span", "lasts", "for " + Numbers.of(moment.lastedMs(), "ms"))) : cell;
            case WAITS -> cell.add(classed("strong", "waits", moment.note()));
            case GOES_ON -> cell.add(classed("span", "lasts", "goes on after " + Numbers.of(moment.lastedMs(), "ms")));
            case FAILS -> cell.add(classed("strong", "fails", ("✗ fails " + moment.note()).strip()),
                moment.lastsLong() ? classed("span", "lasts", " after " + Numbers.of(moment.lastedMs(), "ms")) : "");
        };
    }

    private String spoken() {
        return String.join("; ", reading.moments().stream().map(moment -> reading.lanes().get(moment.lane()).session() + ": "
            + (moment.sql() + " " + switch (moment.kind()) {
                case RUNS -> "";
                case WAITS -> moment.note();
                case GOES_ON -> "goes on";
                case FAILS -> ("fails " + moment.note()).strip();
            }).strip()).toList());
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

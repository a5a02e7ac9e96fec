package book;

import java.util.List;
import java.util.Optional;
import kernel.output.Output;
import kernel.output.Output.Plan.Node;

/** One output of each kind, with {@code text} wherever a database or an error may put text. */
public final class Samples {
    private Samples() { }

    public static List<Output> everyKind(String text) {
        return List.of(
            new Output.Text(text), new Output.Text(text + "\n" + text),
            new Output.Table(List.of(new Output.Table.Column(text, text)), List.of(List.of(Optional.of(text)), List.of(Optional.empty())), false),
            plan(text),
            new Output.Comparison(text, text, List.of(new Output.Comparison.Bar(text, 1), new Output.Comparison.Bar(text, Double.NaN)), text),
            new Output.Chart(text, text, List.of(text), List.of(new Output.Chart.Series(text, List.of(2.5)))),
            new Output.Failure(text, text, text, text, text, text, 1, text),
            new Output.Lanes(List.of(new Output.Lanes.Lane(text, List.of(new Output.Lanes.Span(text, Output.Lanes.State.RAN, 0, 3, text))))),
            new Output.Log(text, List.of(text)),
            new Output.Claim(text, text),
            new Output.Skipped(text));
    }

    /** A sort over a join whose outer side gives 98 214 rows where one was planned. */
    public static Output.Plan plan(String text) {
        var scan = new Node("Seq Scan", text, 1, 98_214, 1, 3_340, 800, 40, List.of());
        var lookup = new Node("Index Scan", text, 1, 1, 98_214, 9_000, 4, 98, List.of());
        var join = new Node("Nested Loop", text, 1, 98_214, 1, 12_340, 804, 160, List.of(scan, lookup));
        return new Output.Plan(new Node("Sort", text, 1, 98_214, 1, 12_346, 804, 183, List.of(join)), 0.4, 183.7);
    }
}

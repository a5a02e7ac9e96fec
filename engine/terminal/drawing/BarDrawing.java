package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kernel.output.Numbers;
import kernel.output.Output.Chart;
import kernel.output.Output.Comparison;

/** Figures as bars with their values: a comparison with its sentence, a chart series by series on one scale. */
final class BarDrawing {
    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 8;

    private BarDrawing() { }

    static List<String> lines(Comparison comparison, Pen pen) {
        var lines = new ArrayList<String>();
        if (!comparison.sentence().isBlank()) {
            lines.addAll(Wrap.lines(pen.bold(comparison.sentence()), pen.width()));
        }
        lines.addAll(Wrap.lines(pen.quiet(comparison.title()), pen.width()));
        var values = comparison.bars().stream().map(Comparison.Bar::value).toList();
        var labels = comparison.bars().stream().map(Comparison.Bar::label).toList();
        lines.addAll(Scale.of(labels, values, comparison.unit(), pen).bars(labels, values));
        return lines;
    }

    static List<String> lines(Chart chart, Pen pen) {
        var lines = new ArrayList<String>();
        var unit = chart.unit().isEmpty() ? "" : ", " + chart.unit();
        lines.addAll(Wrap.lines(pen.quiet(chart.title() + unit), pen.width()));
        var all = chart.series().stream().flatMap(series -> series.values().stream()).toList();
        var scale = Scale.of(chart.categories(), all, chart.unit(), pen);
        for (var series : chart.series()) {
            lines.add(pen.bold(series.name()));
            lines.addAll(scale.bars(chart.categories(), series.values()));
        }
        return lines;
    }

    /** What all bars of a picture have in common. */
    private record Scale(int label, int bar, double largest, String unit, Pen pen) {
        static Scale of(List<String> labels, List<Double> values, String unit, Pen pen) {
            var label = Math.min(pen.width() / 3, labels.stream().mapToInt(Width::of).max().orElse(0));
            var figure = values.stream().mapToInt(value -> Width.of(Numbers.of(value, unit))).max().orElse(0);
            var largest = values.stream().mapToDouble(value -> value).filter(Double::isFinite).max().orElse(0);
            return new Scale(label, Math.clamp(pen.width() - label - figure - 2, SHORTEST_BAR, LONGEST_BAR), largest, unit, pen);
        }

        List<String> bars(List<String> labels, List<Double> values) {
            return IntStream.range(0, Math.min(labels.size(), values.size())).mapToObj(i -> {
                var drawn = Bar.of(values.get(i), largest, bar);
                return Width.padRight(Width.cut(labels.get(i), label), label) + " " + pen.in("accent", drawn)
                    + (drawn.isEmpty() ? "" : " ") + Numbers.of(values.get(i), unit);
            }).toList();
        }
    }
}

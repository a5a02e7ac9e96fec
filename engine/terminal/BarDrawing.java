package terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import kernel.Numbers;
import kernel.Output.Chart;
import kernel.Output.Comparison;

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
        var values = comparison.bars().stream().mapToDouble(Comparison.Bar::value).toArray();
        lines.addAll(bars(comparison.bars().stream().map(Comparison.Bar::label).toList(), values, largest(values),
            comparison.unit(), pen));
        return lines;
    }

    static List<String> lines(Chart chart, Pen pen) {
        var lines = new ArrayList<String>();
        var unit = chart.unit().isEmpty() ? "" : ", " + chart.unit();
        lines.addAll(Wrap.lines(pen.quiet(chart.title() + unit), pen.width()));
        var scale = largest(chart.series().stream().flatMap(series -> series.values().stream()).mapToDouble(v -> v).toArray());
        for (var series : chart.series()) {
            lines.add(pen.bold(series.name()));
            lines.addAll(bars(chart.categories(), series.values().stream().mapToDouble(v -> v).toArray(), scale, chart.unit(), pen));
        }
        return lines;
    }

    private static List<String> bars(List<String> labels, double[] values, double scale, String unit, Pen pen) {
        var figures = DoubleStream.of(values).mapToObj(value -> Numbers.of(value, unit)).toList();
        var label = Math.min(pen.width() / 3, labels.stream().mapToInt(Width::of).max().orElse(0));
        var figure = figures.stream().mapToInt(Width::of).max().orElse(0);
        var room = Math.clamp(pen.width() - label - figure - 2, SHORTEST_BAR, LONGEST_BAR);
        return IntStream.range(0, values.length).mapToObj(i -> {
            var bar = Bar.of(values[i], scale, room);
            return Width.padRight(Width.cut(labels.get(i), label), label) + " " + pen.in("accent", bar)
                + (bar.isEmpty() ? "" : " ") + figures.get(i);
        }).toList();
    }

    private static double largest(double[] values) {
        return DoubleStream.of(values).filter(Double::isFinite).max().orElse(0);
    }
}

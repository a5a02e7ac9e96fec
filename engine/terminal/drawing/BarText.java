package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kernel.output.Numbers;
import kernel.output.Output.Chart;
import kernel.output.Output.Comparison;

/** Figures as bars with their values: a comparison with its sentence, a chart series by series on one scale. */
final class BarText {
    private static final int MAX_BAR = 40;
    private static final int MIN_BAR = 8;

    private BarText() { }

    static List<String> lines(Comparison comparison, TextStyle style) {
        var lines = new ArrayList<String>();
        if (!comparison.sentence().isBlank()) {
            lines.addAll(Wrap.lines(style.bold(comparison.sentence()), style.width()));
        }
        lines.addAll(Wrap.lines(style.quiet(comparison.title()), style.width()));
        var values = comparison.bars().stream().map(Comparison.Bar::value).toList();
        var labels = comparison.bars().stream().map(Comparison.Bar::label).toList();
        lines.addAll(Scale.of(labels, values, comparison.unit(), style).bars(labels, values));
        return lines;
    }

    static List<String> lines(Chart chart, TextStyle style) {
        var lines = new ArrayList<>(Wrap.lines(style.quiet(chart.title() + axes(chart)), style.width()));
        var all = chart.series().stream().flatMap(series -> series.values().stream()).toList();
        var scale = Scale.of(chart.categories(), all, "", style);
        for (var series : chart.series()) {
            lines.add(style.bold(series.name()));
            lines.addAll(scale.bars(chart.categories(), series.values()));
        }
        return lines;
    }

    /** What both axes are, said once: the bars have figures alone. */
    private static String axes(Chart chart) {
        return (chart.unit().isEmpty() ? "" : ", " + chart.unit()) + (chart.axis().isEmpty() ? "" : ", by " + chart.axis());
    }

    /** What all bars of a picture have in common. */
    private record Scale(int label, int bar, double largest, String unit, TextStyle style) {
        static Scale of(List<String> labels, List<Double> values, String unit, TextStyle style) {
            var label = Math.min(style.width() / 3, labels.stream().mapToInt(Width::of).max().orElse(0));
            var figure = values.stream().mapToInt(value -> Width.of(Numbers.of(value, unit))).max().orElse(0);
            var largest = values.stream().mapToDouble(value -> value).filter(Double::isFinite).max().orElse(0);
            return new Scale(label, Math.clamp(style.width() - label - figure - 2, MIN_BAR, MAX_BAR), largest, unit, style);
        }

        List<String> bars(List<String> labels, List<Double> values) {
            return IntStream.range(0, Math.min(labels.size(), values.size())).mapToObj(i -> {
                var drawn = Bar.of(values.get(i), largest, bar);
                return Width.padRight(Width.cut(labels.get(i), label), label) + " " + style.in("accent", drawn)
                    + (drawn.isEmpty() ? "" : " ") + Numbers.of(values.get(i), unit);
            }).toList();
        }
    }
}

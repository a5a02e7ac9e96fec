package script;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kernel.output.Numbers;
import kernel.output.Output;

/** Durations and ratios. Absolute times belong to one machine; a lesson speaks of ratios. */
final class Measuring {
    private Measuring() { }

    static double time(Script.Work work) throws Exception {
        var start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    static double median(int times, Script.Work work) throws Exception {
        var measured = new double[times];
        for (int i = 0; i < times; i++) {
            measured[i] = time(work);
        }
        Arrays.sort(measured);
        return measured[times / 2];
    }

    static Output.Comparison compare(String a, double msA, String b, double msB) {
        var faster = msA < msB ? a : b;
        var ratio = Math.max(msA, msB) / Math.max(Math.min(msA, msB), 1e-6);
        var bars = List.of(new Output.Comparison.Bar(a, msA), new Output.Comparison.Bar(b, msB));
        return new Output.Comparison(a + " and " + b, "ms", bars, faster + " is " + Numbers.times(ratio) + " faster");
    }

    static Output.Comparison compare(String title, String unit, Map<String, ? extends Number> figures, String sentence) {
        var bars = figures.entrySet().stream()
            .map(figure -> new Output.Comparison.Bar(figure.getKey(), figure.getValue().doubleValue())).toList();
        return new Output.Comparison(title, unit, bars, sentence);
    }

    static Output.Chart chart(String title, String unit, List<?> categories, Map<String, ? extends List<? extends Number>> series) {
        var drawn = series.entrySet().stream()
            .map(s -> new Output.Chart.Series(s.getKey(), s.getValue().stream().map(Number::doubleValue).toList())).toList();
        return new Output.Chart(title, unit, categories.stream().map(String::valueOf).toList(), drawn);
    }
}

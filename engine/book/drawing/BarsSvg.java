package book.drawing;

import static book.drawing.HtmlElement.classed;
import static book.drawing.HtmlElement.tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kernel.output.Numbers;

/**
 * Bars. Horizontal lengths are percentages and text keeps its size, so the same picture is readable on a phone and
 * on paper; nothing is scaled by a view box.
 */
final class BarsSvg {
    private static final int BAR = 16;
    /** Of the name of an axis. */
    private static final int LINE = 18;
    /** Pixels that the column of anything above zero is high at least. */
    private static final int LOWEST = 2;
    /** Per cent of the width that the bar of anything above zero takes at least. */
    private static final double SHORTEST = 0.8;
    /** Per cent of the width that a bar may take; the rest is for its value. */
    private static final double ROOM = 66;

    private BarsSvg() { }

    /**
     * One bar a row with its label above and its value to the right, both as text of the page, so that a long label goes on
     * in the next line. {@code scale} 0 takes the largest value.
     */
    static HtmlElement horizontal(String unit, List<String> labels, List<Double> values, String style, double scale) {
        var list = classed("dl", "bars");
        double whole = scale > 0 ? scale : largest(values);
        for (int i = 0; i < labels.size(); i++) {
            var bar = tag("svg", tag("rect").with("class", style).with("width", "100%").with("height", BAR)).with("class", "length")
                .with("width", bar(values.get(i), whole)).with("height", BAR).with("aria-hidden", "true");
            list.add(tag("div", tag("dt", Numbers.unbroken(labels.get(i))), tag("dd", bar, classed("span", "value", Numbers.of(values.get(i), unit)))));
        }
        return list;
    }

    private static String bar(double value, double whole) {
        return percent(value > 0 ? Math.max(value, SHORTEST / ROOM * whole) : value, whole, ROOM);
    }

    /** Columns over ordered categories, for a series that fits: few categories with short names. The axes have the names of the unit and of the categories. */
    static HtmlElement vertical(String title, String unit, String axis, List<String> labels, List<Double> values, String style, double scale) {
        int plot = 130;
        int base = plot + 18 + (unit.isEmpty() ? 0 : LINE);
        var svg = picture(title, unit, labels, values, base + 22 + (axis.isEmpty() ? 0 : LINE));
        double width = 100.0 / labels.size();
        for (int i = 0; i < labels.size(); i++) {
            double share = Double.isFinite(values.get(i)) && scale > 0 ? Math.clamp(values.get(i) / scale, 0, 1) : 0;
            int height = share > 0 ? Math.max(LOWEST, (int) Math.round(share * plot)) : 0;
            var middle = percent((i + 0.5) * width, 100, 100);
            svg.add(tag("rect").with("class", style).with("x", percent((i + 0.16) * width, 100, 100))
                .with("y", base - height).with("width", percent(0.68 * width, 100, 100)).with("height", height));
            svg.add(centred("value", shortly(values.get(i)), middle, base - height - 5));
            svg.add(centred("label", labels.get(i), middle, base + 16));
        }
        if (!unit.isEmpty()) {
            svg.add(tag("text", unit).with("class", "axis-name").with("x", 0).with("y", 12));
        }
        if (!axis.isEmpty()) {
            svg.add(tag("text", axis).with("class", "axis-name").with("x", "50%").with("y", base + 16 + LINE).with("text-anchor", "middle"));
        }
        return svg.add(tag("line").with("class", "axis").with("x1", "0").with("x2", "100%").with("y1", base).with("y2", base));
    }

    static double largest(List<Double> values) {
        return values.stream().filter(Double::isFinite).mapToDouble(Double::doubleValue).max().orElse(0);
    }

    static HtmlElement details(HtmlElement table) {
        return classed("details", "numbers", tag("summary", "The numbers"), classed("div", "scroll", table));
    }

    static String unitOrValue(String unit) {
        return unit.isEmpty() ? "value" : unit;
    }

    /** A share of the whole as an SVG percentage; nothing below zero and nothing that is not a number gets a length. */
    static String percent(double value, double whole, double room) {
        if (!Double.isFinite(value) || !(whole > 0)) {
            return "0%";
        }
        return String.format(Locale.ROOT, "%.2f%%", Math.clamp(value / whole, 0, 1) * room);
    }

    private static HtmlElement centred(String style, String text, String x, int y) {
        return tag("text", text).with("class", style).with("x", x).with("y", y).with("text-anchor", "middle");
    }

    private static String shortly(double value) {
        return Double.isFinite(value) ? Numbers.of(value) : "–";
    }

    private static HtmlElement picture(String title, String unit, List<String> labels, List<Double> values, int height) {
        var spoken = new ArrayList<String>();
        for (int i = 0; i < labels.size(); i++) {
            spoken.add(labels.get(i) + ": " + Numbers.of(values.get(i), unit));
        }
        return tag("svg", tag("title", title), tag("desc", String.join("; ", spoken)))
            .with("class", "bars").with("role", "img").with("width", "100%").with("height", height);
    }
}

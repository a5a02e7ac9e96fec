package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.Output.Plan;
import kernel.output.PlanReading;
import kernel.output.PlanReading.Line;
import kernel.output.PlanReading.Measure;

/** A plan as a tree: its title, one row a node, estimate against actual in words, its own cost with a bar, the most expensive node marked. */
final class PlanText {
    private static final int ROWS = 26;
    private static final int WIDE = 96;
    /** Columns that the words of a node need, or its figures stand below them. */
    private static final int WORDS = 38;
    private static final int BAR = 10;

    private PlanText() { }

    /** @param above what stands above it: the longest bar of both is the same length */
    static List<String> lines(Plan plan, List<Output> above, TextStyle style) {
        var reading = PlanReading.of(plan);
        var most = Stream.concat(above.stream().filter(Plan.class::isInstance).map(Plan.class::cast).map(PlanReading::of), Stream.of(reading))
            .filter(other -> other.measure() == reading.measure()).mapToDouble(PlanReading::highestOwn).max().orElse(0);
        var lines = new ArrayList<String>();
        if (!plan.title().isEmpty()) {
            lines.addAll(Wrap.lines(style.bold(plan.title()), style.width()));
        }
        lines.addAll(drawn(reading, most, style));
        lines.addAll(Wrap.lines(style.quiet(PlanReading.summary(plan)), style.width()));
        return lines;
    }

    private static List<String> drawn(PlanReading reading, double most, TextStyle style) {
        var rows = Math.min(ROWS, reading.lines().stream().mapToInt(line -> Width.of(rows(line, style))).max().orElse(0));
        var cost = Math.max(1, reading.lines().stream().mapToInt(line -> Width.of(cost(line, reading, most, style))).max().orElse(0));
        var node = style.width() - rows - cost - 4;
        var fits = node >= WORDS && reading.lines().stream().allMatch(line -> longestWord(line) + 3 * line.last().size() + 3 <= node);
        return !fits ? stacked(reading, most, style) : reading.lines().stream().flatMap(line -> Grid.row(
            List.of(node(line, style, node, ""), rows(line, style), cost(line, reading, most, style)), List.of(node, rows, cost)).stream()).toList();
    }

    /** A constant, mostly: a UUID with its cast reads badly in two pieces. */
    private static int longestWord(Line line) {
        return Stream.of(line.node().detail().split(" ")).mapToInt(Width::of).max().orElse(0);
    }

    /** Where columns find no room: the figures of a node below its words. */
    private static List<String> stacked(PlanReading reading, double most, TextStyle style) {
        return reading.lines().stream().flatMap(line -> node(line, style, style.width(),
            "\n" + rows(line, style) + "; " + cost(line, reading, most, style)).lines()).toList();
    }

    /** The node's words in its branch of the tree, broken here so that further lines stay inside the branch. */
    private static String node(Line line, TextStyle style, int width, String figures) {
        var words = style.bold(line.node().type())
            + (line.node().detail().isBlank() ? "" : " " + line.node().detail())
            + (line.mostExpensive() ? " " + style.in("wait", hard("◀ look here first")) : "") + figures;
        var below = line.last().stream().map(last -> last ? "   " : "│  ").reduce("", String::concat)
            + (line.node().children().isEmpty() ? "  " : "│  ");
        var broken = Wrap.lines(words, Math.max(10, width - Width.of(below)));
        var drawn = new StringBuilder(style.quiet(branch(line.last()))).append(broken.getFirst());
        broken.stream().skip(1).forEach(more -> drawn.append('\n').append(hard(style.quiet(below))).append(more));
        return drawn.toString();
    }

    /** The lines of the tree left of a node: a corner for its own branch, bars where a branch above goes on. */
    private static String branch(List<Boolean> last) {
        var drawn = new StringBuilder();
        for (int depth = 0; depth < last.size(); depth++) {
            var own = depth == last.size() - 1;
            drawn.append(last.get(depth) ? own ? "└─ " : "   " : own ? "├─ " : "│  ");
        }
        return hard(drawn.toString());
    }

    /** Spaces that a line is not broken at. */
    private static String hard(String text) {
        return text.replace(' ', '\u00a0');
    }

    private static String rows(Line line, TextStyle style) {
        return PlanReading.rows(line.node()) + (line.misestimated()
            ? ", " + style.in("wait", PlanReading.misestimate(line.node())) : "");
    }

    private static String cost(Line line, PlanReading reading, double most, TextStyle style) {
        var words = switch (reading.measure()) {
            case BUFFERS -> Numbers.counted(Math.round(line.own()), "buffer");
            case TIME -> Numbers.of(line.own(), "ms");
            case NONE -> "";
        };
        var bar = reading.measure() == Measure.NONE || style.width() < WIDE ? "" : Bar.of(line.own(), most, BAR);
        return bar.isEmpty() ? hard(words) : hard(words) + "\u00a0" + style.in("accent", bar);
    }
}

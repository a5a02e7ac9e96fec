package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kernel.output.Output;
import kernel.output.VisibleText;

/** Outputs as lines of text: the same order and the same words as in the book, nothing said by colour alone. */
public final class TextDrawing {
    private TextDrawing() { }

    /** An output's lines, none wider than the style's width. */
    public static List<String> lines(Output output, TextStyle style) {
        return lines(output, List.of(), style);
    }

    /** The same below others of one result: a plan with few buffers has short bars below one with many. */
    public static List<String> lines(Output output, List<Output> above, TextStyle style) {
        return switch (output) {
            case Output.Text text -> VisibleText.of(text.text()).stripTrailing().lines().toList();
            case Output.Table table -> TableText.lines(table, style);
            case Output.Plan plan -> PlanText.lines(plan, above, style);
            case Output.Comparison comparison -> BarText.lines(comparison, style);
            case Output.Chart chart -> BarText.lines(chart, style);
            case Output.Failure failure -> FailureText.lines(failure, style);
            case Output.Lanes lanes -> LanesText.lines(lanes, style);
            case Output.Log log -> log(log, style);
            case Output.Claim claim -> ClaimText.lines(claim, style);
            case Output.Skipped skipped -> Wrap.lines(style.in("wait", "– skipped: ") + skipped.reason(), style.width());
        };
    }

    private static List<String> log(Output.Log log, TextStyle style) {
        var lines = new ArrayList<String>();
        lines.add(style.quiet("Log of " + log.source()));
        log.lines().forEach(line -> lines.addAll(indented(VisibleText.of(line), style.width())));
        return lines;
    }

    /** A plan in a log is a tree by its indentation alone, so what goes on in the next line stands further to the right. */
    private static List<String> indented(String line, int width) {
        var text = line.strip();
        var indent = line.substring(0, line.length() - line.stripLeading().length()).replace("\t", "    ");
        var first = indent + (text.startsWith("->") ? "    " : "  ");
        var broken = Wrap.lines(text, Math.max(20, width - first.length()));
        return IntStream.range(0, broken.size()).mapToObj(y -> ((y == 0 ? indent : first) + broken.get(y)).stripTrailing()).toList();
    }
}

package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;

/** Outputs as lines of text: the same order and the same words as in the book, nothing said by colour alone. */
public final class TextDrawing {
    private TextDrawing() { }

    /** An output's lines, none wider than the style's width. */
    public static List<String> lines(Output output, TextStyle style) {
        return switch (output) {
            case Output.Text text -> text.text().stripTrailing().lines().toList();
            case Output.Table table -> TableText.lines(table, style);
            case Output.Plan plan -> PlanText.lines(plan, style);
            case Output.Comparison comparison -> BarText.lines(comparison, style);
            case Output.Chart chart -> BarText.lines(chart, style);
            case Output.Failure failure -> FailureText.lines(failure, style);
            case Output.Lanes lanes -> LanesText.lines(lanes, style);
            case Output.Log log -> log(log, style);
            case Output.Claim claim -> claim(claim, style);
            case Output.Skipped skipped -> Wrap.lines(style.in("wait", "– skipped: ") + skipped.reason(), style.width());
        };
    }

    private static List<String> log(Output.Log log, TextStyle style) {
        var lines = new ArrayList<String>();
        lines.add(style.quiet("Log of " + log.source()));
        log.lines().forEach(line -> lines.addAll(Wrap.lines(line, style.width())));
        return lines;
    }

    private static List<String> claim(Output.Claim claim, TextStyle style) {
        var actual = claim.actual().isBlank() ? "" : style.quiet(" (" + claim.actual() + ")");
        return Wrap.lines(style.in("good", "✓") + " " + claim.claim() + actual, style.width());
    }
}

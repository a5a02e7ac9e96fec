package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import kernel.output.Output;

/** Outputs as lines of text: the same order and the same words as in the book, nothing said by colour alone. */
public final class Drawing {
    private Drawing() { }

    public static List<String> lines(Output output, Pen pen) {
        return switch (output) {
            case Output.Text text -> text.text().stripTrailing().lines().toList();
            case Output.Table table -> TableDrawing.lines(table, pen);
            case Output.Plan plan -> PlanDrawing.lines(plan, pen);
            case Output.Comparison comparison -> BarDrawing.lines(comparison, pen);
            case Output.Chart chart -> BarDrawing.lines(chart, pen);
            case Output.Failure failure -> FailureDrawing.lines(failure, pen);
            case Output.Lanes lanes -> LanesDrawing.lines(lanes, pen);
            case Output.Log log -> log(log, pen);
            case Output.Claim claim -> claim(claim, pen);
            case Output.Skipped skipped -> Wrap.lines(pen.in("wait", "– skipped: ") + skipped.reason(), pen.width());
        };
    }

    private static List<String> log(Output.Log log, Pen pen) {
        var lines = new ArrayList<String>();
        lines.add(pen.quiet("Log of " + log.source()));
        log.lines().forEach(line -> lines.addAll(Wrap.lines(line, pen.width())));
        return lines;
    }

    private static List<String> claim(Output.Claim claim, Pen pen) {
        var actual = claim.actual().isBlank() ? "" : pen.quiet(" (" + claim.actual() + ")");
        return Wrap.lines(pen.in("good", "✓") + " " + claim.claim() + actual, pen.width());
    }
}

package terminal.prompt;

import kernel.output.Answer;
import kernel.output.Failures;
import kernel.output.Output;
import terminal.drawing.Drawing;
import terminal.drawing.Pen;
import terminal.drawing.Wrap;
import terminal.page.Narrator;

/** Prints what came of the learner's Java, and of a step that is run again. */
final class JavaAnswers {
    private final Narrator narrator;

    JavaAnswers(Narrator narrator) {
        this.narrator = narrator;
    }

    void print(Came came) {
        var pen = narrator.paper().pen();
        switch (came) {
            case Came.Value value -> value(value, pen);
            case Came.Refused refused -> refused(refused, pen);
            case Came.Threw threw -> threw(threw, pen);
            case Came.Noted noted -> narrator.quiet(noted.text());
            case Came.Stopped stopped -> narrator.quiet("Stopped.");
            case Came.Done done -> { }
        }
    }

    private void value(Came.Value came, Pen pen) {
        var name = came.name() + " ==>";
        switch (Answer.of(came.name(), came.value())) {
            case Output.Text(var text) when text.startsWith(name) ->
                narrator.paper().print(pen.in("name", came.name()) + pen.quiet(" ==>") + text.substring(name.length()));
            case Output output -> narrator.paper().print(Drawing.lines(output, pen));
        }
    }

    private void refused(Came.Refused refused, Pen pen) {
        narrator.paper().print(pen.in("bad", "✗ ") + pen.bold("does not compile") + pen.quiet("  " + refused.source().strip().lines().findFirst().orElse("")));
        refused.problems().forEach(problem -> Wrap.lines(problem, pen.width() - 4).forEach(line -> narrator.paper().print("    " + line)));
    }

    private void threw(Came.Threw threw, Pen pen) {
        narrator.paper().print(Drawing.lines(Failures.of(threw.failure(), ""), pen));
        if (!threw.where().isEmpty()) {
            narrator.paper().print(pen.quiet("    " + threw.failure().getClass().getName() + ", " + threw.where()));
        }
    }
}

package terminal.prompt;

import kernel.output.Failures;
import kernel.output.Output;
import kernel.output.ValueOutput;
import terminal.drawing.TextDrawing;
import terminal.drawing.TextStyle;
import terminal.drawing.Wrap;
import terminal.page.LessonPrinter;

/** Prints what came of the learner's Java, and of a step that is run again. */
final class JavaAnswers {
    private final LessonPrinter printer;

    JavaAnswers(LessonPrinter printer) {
        this.printer = printer;
    }

    void print(PromptResult promptResult) {
        var style = printer.paper().pen();
        switch (promptResult) {
            case PromptResult.Value value -> value(value, style);
            case PromptResult.Refused refused -> refused(refused, style);
            case PromptResult.Threw threw -> threw(threw, style);
            case PromptResult.Noted noted -> printer.quiet(noted.text());
            case PromptResult.Stopped stopped -> printer.quiet("Stopped.");
            case PromptResult.Done done -> { }
        }
    }

    private void value(PromptResult.Value came, TextStyle style) {
        var name = came.name() + " ==>";
        switch (ValueOutput.of(came.name(), came.value())) {
            case Output.Text(var text) when text.startsWith(name) ->
                printer.paper().print(style.in("name", came.name()) + style.quiet(" ==>") + text.substring(name.length()));
            case Output output -> printer.paper().print(TextDrawing.lines(output, style));
        }
    }

    private void refused(PromptResult.Refused refused, TextStyle style) {
        printer.paper().print(style.in("bad", "✗ ") + style.bold("does not compile") + style.quiet("  " + refused.source().strip().lines().findFirst().orElse("")));
        refused.problems().forEach(problem -> Wrap.lines(problem, style.width() - 4).forEach(line -> printer.paper().print("    " + line)));
    }

    private void threw(PromptResult.Threw threw, TextStyle style) {
        printer.paper().print(TextDrawing.lines(Failures.of(threw.failure(), ""), style));
        if (!threw.where().isEmpty()) {
            printer.paper().print(style.quiet("    " + threw.failure().getClass().getName() + ", " + threw.where()));
        }
    }
}

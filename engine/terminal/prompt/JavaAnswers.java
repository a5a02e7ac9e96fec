package terminal.prompt;

import kernel.output.Failures;
import kernel.output.Output;
import kernel.output.RoutineSources;
import kernel.output.ValueOutput;
import script.Script;
import terminal.drawing.TextDrawing;
import terminal.drawing.TextStyle;
import terminal.drawing.Wrap;
import terminal.page.LessonPrinter;

/** Prints the results of the learner's Java, and of a step that is run again. */
final class JavaAnswers {
    private final LessonPrinter printer;

    JavaAnswers(LessonPrinter printer) {
        this.printer = printer;
    }

    void print(PromptResult promptResult) {
        var style = printer.writer().style();
        switch (promptResult) {
            case PromptResult.Value value -> value(value, style);
            case PromptResult.Refused refused -> refused(refused, style);
            case PromptResult.Threw threw -> threw(threw, style);
            case PromptResult.Missing missing -> printer.output(new Output.Failure("not declared yet", missing.sentence(), "", "", "", "", 0));
            case PromptResult.Noted noted -> printer.quiet(noted.text());
            case PromptResult.Stopped stopped -> printer.quiet("Stopped.");
            case PromptResult.Done done -> { }
        }
    }

    private void value(PromptResult.Value result, TextStyle style) {
        var name = result.name() + " ==>";
        switch (ValueOutput.of(result.name(), result.value())) {
            case Output.Text(var text) when text.startsWith(name) ->
                printer.writer().print(style.in("name", result.name()) + style.quiet(" ==>") + text.substring(name.length()));
            case Output output -> printer.writer().print(TextDrawing.lines(output, style));
        }
    }

    private void refused(PromptResult.Refused refused, TextStyle style) {
        printer.writer().print(style.in("bad", "✗ ") + style.bold("does not compile") + style.quiet("  " + refused.source().strip().lines().findFirst().orElse("")));
        refused.problems().forEach(problem -> Wrap.lines(problem, style.width() - 4).forEach(line -> printer.writer().print("    " + line)));
    }

    private void threw(PromptResult.Threw threw, TextStyle style) {
        printer.writer().print(TextDrawing.lines(RoutineSources.of(Script.app()).told(Failures.of(threw.failure(), "")), style));
        if (!threw.where().isEmpty()) {
            printer.writer().print(style.quiet("    " + threw.failure().getClass().getName() + ", " + threw.where()));
        }
    }
}

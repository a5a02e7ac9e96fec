package terminal.prompt;

import java.util.function.Supplier;
import kernel.output.Failures;
import kernel.sql.Backends;
import lesson.Region;
import script.LessonFailed;
import script.RegionRun;
import script.Script;
import terminal.page.LessonPrinter;
import terminal.screen.Interrupts;

/** Runs a step again, outside of the lesson's program: its SQL and its shell as before, its Java with the lesson's variables. */
final class StepRepeater {
    private final LessonPrinter printer;
    private final Supplier<JavaShell> shell;
    private final Interrupts interrupts;

    StepRepeater(LessonPrinter printer, Supplier<JavaShell> shell, Interrupts interrupts) {
        this.printer = printer;
        this.shell = shell;
        this.interrupts = interrupts;
    }

    void run(Region region) {
        try {
            switch (region.language()) {
                case "sql" -> sql(region);
                case "shell" -> RegionRun.run(region);
                case "java" -> java(region);
                default -> printer.quiet("A step in " + region.language() + " cannot be repeated from here.");
            }
        } catch (LessonFailed failed) {
            printer.quiet("This time it does not hold: " + failed.claim() + " (" + failed.actual() + ")");
        } catch (Exception e) {
            printer.output(Failures.of(e, ""));
            sayThatTheLessonGoesOn();
        }
    }

    private void sql(Region region) throws Exception {
        var backends = new Backends(Script.database());
        interrupts.during(backends::cancel, () -> {
            RegionRun.run(region);
            return null;
        });
    }

    private void java(Region region) throws Exception {
        var answers = new JavaAnswers(printer);
        var results = shell.get().run(region.source());
        results.stream().filter(result -> !(result instanceof PromptResult.Value)).forEach(answers::print);
        if (results.stream().anyMatch(StepRepeater::isFailure)) {
            sayThatTheLessonGoesOn();
        }
    }

    private static boolean isFailure(PromptResult promptResult) {
        return promptResult.isFailure() && !(promptResult instanceof PromptResult.Stopped);
    }

    private void sayThatTheLessonGoesOn() {
        printer.quiet("The step could not be repeated as it is; the lesson itself goes on as if nothing had happened.");
    }
}

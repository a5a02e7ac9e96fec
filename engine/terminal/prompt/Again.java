package terminal.prompt;

import java.util.function.Supplier;
import kernel.output.Failures;
import kernel.sql.Backends;
import lesson.Region;
import script.LessonFailed;
import script.Script;
import terminal.page.Narrator;
import terminal.screen.Interrupts;

/** Runs a step again, outside of the lesson's program: its SQL as before, its Java with the lesson's variables. */
final class Again {
    private final Narrator narrator;
    private final Supplier<JavaShell> shell;
    private final Interrupts interrupts;

    Again(Narrator narrator, Supplier<JavaShell> shell, Interrupts interrupts) {
        this.narrator = narrator;
        this.shell = shell;
        this.interrupts = interrupts;
    }

    void run(Region region) {
        try {
            switch (region.language()) {
                case "sql" -> sql(region);
                case "java" -> java(region);
                default -> narrator.quiet("A step in " + region.language() + " cannot be repeated from here.");
            }
        } catch (LessonFailed failed) {
            narrator.quiet("This time it does not hold: " + failed.claim() + " (" + failed.actual() + ")");
        } catch (Exception e) {
            narrator.output(Failures.of(e, ""));
            sorry();
        }
    }

    private void sql(Region region) throws Exception {
        var backends = new Backends(Script.database());
        interrupts.during(backends::cancel, () -> {
            Script.cell(region);
            return null;
        });
    }

    private void java(Region region) throws Exception {
        var answers = new JavaAnswers(narrator);
        var came = shell.get().run(region.source());
        came.stream().filter(result -> !(result instanceof Came.Value)).forEach(answers::print);
        if (came.stream().anyMatch(Again::isFailure)) {
            sorry();
        }
    }

    private static boolean isFailure(Came came) {
        return came instanceof Came.Refused || came instanceof Came.Threw;
    }

    private void sorry() {
        narrator.quiet("The step could not be repeated as it is; the lesson itself goes on as if nothing had happened.");
    }
}

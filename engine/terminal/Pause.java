package terminal;

import kernel.output.Failures;
import script.LessonRun;
import terminal.page.LessonContent;
import terminal.page.LessonPrinter;
import terminal.prompt.Prompts;
import terminal.screen.Interrupts;
import terminal.screen.Screen;

/** Where the lesson waits for a key: to go on, to try things, to look back, to leave. */
final class Pause {
    /** Before a step runs, or after it. */
    enum Place { BEFORE, AFTER }

    enum Answer { GO_ON, QUIT }

    private static final String MEANINGFUL = "\r\n qsjrb?h";

    private final Screen screen;
    private final LessonPrinter printer;
    private final Prompts prompts;
    private String hint = "";
    private String shown = "";

    Pause(Screen screen, LessonPrinter printer, Interrupts interrupts) {
        this.screen = screen;
        this.printer = printer;
        this.prompts = new Prompts(screen, printer, interrupts);
    }

    Answer here(LessonRun run, LessonContent content, String step, Place place) {
        shown = "";
        if (place == Place.BEFORE) {
            printer.remind(content, step);
        }
        while (true) {
            show(PauseKeys.hint(place, screen.needsEnter(), printer.writer().style()));
            var key = meaningful();
            hide();
            switch (key) {
                case '\r', '\n', ' ' -> { return Answer.GO_ON; }
                case 'q', Screen.END -> { return Answer.QUIT; }
                case 's' -> aside(() -> prompts.sql(run));
                case 'j' -> aside(() -> prompts.java(run));
                case 'r' -> again(run, content, step, place);
                case 'b' -> back(content, step);
                case '?', 'h' -> printer.writer().print(PauseKeys.help(place, printer.writer().style()));
                default -> throw new IllegalStateException("nobody handles the key " + key);
            }
        }
    }

    private int meaningful() {
        while (true) {
            var key = Character.toLowerCase(screen.key());
            if (key == Screen.END || MEANINGFUL.indexOf(key) >= 0) {
                return key;
            }
        }
    }

    /** Prints something that comes from elsewhere without leaving pieces of the hint behind. */
    synchronized void interrupt(Runnable print) {
        var waiting = hint;
        hide();
        print.run();
        if (!waiting.isEmpty()) {
            show(waiting);
        }
    }

    private void again(LessonRun run, LessonContent content, String step, Place place) {
        if (place == Place.BEFORE) {
            printer.quiet("The step has not run yet; Enter runs it.");
            return;
        }
        aside(() -> prompts.again(run, content, step));
    }

    /** What fails beside the lesson does not end the lesson. */
    private void aside(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            printer.output(Failures.of(e, ""));
        }
    }

    /** The text of this step; asked again, of the one before. */
    private void back(LessonContent content, String step) {
        shown = shown.isEmpty() ? step : content.before(shown).orElse(shown);
        printer.sections(content.leadingTo(shown));
        printer.step(content, shown);
        if (!shown.equals(step)) {
            printer.meaning(content, shown);
        }
    }

    private synchronized void show(String text) {
        hint = text;
        printer.writer().leave(text);
    }

    private synchronized void hide() {
        if (!hint.isEmpty()) {
            printer.writer().leave(printer.writer().style().hasColour() ? "\r\u001b[2K" : "\n");
            hint = "";
        }
    }

    void close() {
        prompts.close();
    }
}

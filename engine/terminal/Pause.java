package terminal;

import kernel.output.Failures;
import script.Run;
import terminal.page.Narrator;
import terminal.page.Story;
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
    private final Narrator narrator;
    private final Prompts prompts;
    private String hint = "";
    private String shown = "";

    Pause(Screen screen, Narrator narrator, Interrupts interrupts) {
        this.screen = screen;
        this.narrator = narrator;
        this.prompts = new Prompts(screen, narrator, interrupts);
    }

    Answer here(Run run, Story story, String step, Place place) {
        shown = "";
        if (place == Place.BEFORE) {
            narrator.remind(story, step);
        }
        while (true) {
            show(Keys.hint(place, narrator.paper().pen()));
            var key = meaningful();
            hide();
            switch (key) {
                case '\r', '\n', ' ' -> { return Answer.GO_ON; }
                case 'q', Screen.END -> { return Answer.QUIT; }
                case 's' -> aside(() -> prompts.sql(run));
                case 'j' -> aside(() -> prompts.java(run));
                case 'r' -> again(run, story, step, place);
                case 'b' -> back(story, step);
                case '?', 'h' -> narrator.paper().print(Keys.help(place, narrator.paper().pen()));
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

    private void again(Run run, Story story, String step, Place place) {
        if (place == Place.BEFORE) {
            narrator.quiet("The step has not run yet; Enter runs it.");
            return;
        }
        aside(() -> prompts.again(run, story, step));
    }

    /** What fails beside the lesson does not end the lesson. */
    private void aside(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            narrator.output(Failures.of(e, ""));
        }
    }

    /** The text of this step; asked again, of the one before. */
    private void back(Story story, String step) {
        shown = shown.isEmpty() ? step : story.before(shown).orElse(shown);
        narrator.sections(story.leadingTo(shown));
        narrator.step(story, shown);
        if (!shown.equals(step)) {
            narrator.meaning(story, shown);
        }
    }

    private synchronized void show(String text) {
        hint = text;
        narrator.paper().leave(text);
    }

    private synchronized void hide() {
        if (!hint.isEmpty()) {
            narrator.paper().leave(narrator.paper().pen().hasColour() ? "\r\u001b[2K" : "\n");
            hint = "";
        }
    }

    void close() {
        prompts.close();
    }
}

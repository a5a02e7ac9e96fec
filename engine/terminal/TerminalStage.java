package terminal;

import java.util.concurrent.CompletableFuture;
import kernel.output.Output;
import lesson.Lesson;
import script.EndOfLesson;
import script.Run;
import script.Stage;
import terminal.drawing.Palette;
import terminal.drawing.Pen;
import terminal.page.Narrator;
import terminal.page.Story;
import terminal.screen.Interrupts;
import terminal.screen.Paper;
import terminal.screen.Screen;
import terminal.screen.Surroundings;

/** The lesson in a terminal: waits for a key before a step runs and after its text, and offers the prompts there. */
final class TerminalStage implements Stage {
    private final Interrupts interrupts = new Interrupts();
    private final Screen screen;
    private final Narrator narrator;
    private final Pause pause;
    private CompletableFuture<Story> story;
    private Lesson lesson;
    private boolean over;

    TerminalStage(Surroundings surroundings, Palette palette) {
        this.screen = new Screen(interrupts, surroundings.width());
        this.narrator = new Narrator(new Paper(System.out, surroundings.charset(),
            () -> new Pen(palette, surroundings.hasLinks(), screen.width())));
        this.pause = new Pause(screen, narrator, interrupts);
    }

    @Override public void opened(Lesson opened) {
        lesson = opened;
        narrator.title(opened);
        story = CompletableFuture.supplyAsync(() -> Story.of(opened), Thread.ofVirtual()::start);
    }

    @Override public void progress(String line) {
        pause.interrupt(() -> narrator.quiet(line));
    }

    @Override public void connected(String server) {
        pause.interrupt(() -> narrator.quiet(server));
    }

    @Override public void entered(Run run, String step) {
        var told = story.join();
        narrator.upTo(told, step);
        waitFor(run, told, step, Pause.Place.BEFORE);
    }

    @Override public void shown(Output output) {
        narrator.output(output);
    }

    @Override public void left(Run run, String step) {
        if (over) {
            return; // the program ends because the learner has quit
        }
        var told = story.join();
        narrator.meaning(told, step);
        narrator.paper().print("");
        waitFor(run, told, step, Pause.Place.AFTER);
        if (told.isLast(step)) {
            narrator.sections(told.closing());
            narrator.end(lesson);
        }
    }

    private void waitFor(Run run, Story told, String step, Pause.Place place) {
        if (pause.here(run, told, step, place) == Pause.Answer.QUIT) {
            over = true;
            narrator.left(lesson, told, step);
            throw new EndOfLesson();
        }
    }

    @Override public void closed() {
        pause.close();
        screen.close();
    }
}

package terminal;

import java.util.concurrent.CompletableFuture;
import kernel.output.Output;
import lesson.Lesson;
import script.Run;
import script.Stage;
import terminal.page.Narrator;
import terminal.page.Story;
import terminal.screen.Paper;

/** The lesson from top to bottom without a pause: for pipes, files and {@code --no-pause}. */
public final class PlainStage implements Stage {
    private final Narrator narrator;
    private final Runnable atTheEnd;
    private CompletableFuture<Story> story;

    /** @param atTheEnd gives back what the paper needed */
    PlainStage(Paper paper, Runnable atTheEnd) {
        this.narrator = new Narrator(paper);
        this.atTheEnd = atTheEnd;
    }

    /** The title first; the page is read while the server starts. */
    @Override public void opened(Lesson lesson) {
        narrator.title(lesson);
        story = CompletableFuture.supplyAsync(() -> Story.of(lesson), Thread.ofVirtual()::start);
    }

    @Override public void progress(String line) {
        narrator.quiet(line);
    }

    @Override public void connected(String server) {
        narrator.quiet(server);
    }

    @Override public void entered(Run run, String step) {
        var told = story.join();
        narrator.upTo(told, step);
    }

    @Override public void shown(Output output) {
        narrator.output(output);
    }

    @Override public void left(Run run, String step) {
        var told = story.join();
        narrator.meaning(told, step);
        if (told.isLast(step)) {
            narrator.sections(told.closing());
        }
    }

    @Override public void closed() {
        atTheEnd.run();
    }
}

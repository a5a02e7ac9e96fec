package terminal;

import java.util.concurrent.CompletableFuture;
import kernel.output.Output;
import lesson.Lesson;
import script.LessonRun;
import script.LessonView;
import terminal.page.LessonContent;
import terminal.page.LessonPrinter;
import terminal.screen.TerminalWriter;

/** The lesson from top to bottom without a pause: for pipes, files and {@code --no-pause}. */
public final class PlainView implements LessonView {
    private final LessonPrinter printer;
    private final Runnable atTheEnd;
    private CompletableFuture<LessonContent> content;

    /** @param atTheEnd gives back what the writer needed */
    PlainView(TerminalWriter writer, Runnable atTheEnd) {
        this.printer = new LessonPrinter(writer);
        this.atTheEnd = atTheEnd;
    }

    /** The title first; the page is read while the server starts. */
    @Override public void opened(Lesson lesson) {
        printer.title(lesson);
        content = CompletableFuture.supplyAsync(() -> LessonContent.of(lesson), Thread.ofVirtual()::start);
    }

    @Override public void progress(String line) {
        printer.quiet(line);
    }

    @Override public void running(String line) {
        progress(line);
    }

    @Override public void connected(String server) {
        printer.quiet(server);
    }

    @Override public void entered(LessonRun run, String step) {
        printer.upTo(content.join(), step);
    }

    @Override public void shown(Output output) {
        printer.output(output);
    }

    @Override public void left(LessonRun run, String step) {
        var read = content.join();
        printer.meaning(read, step);
        if (read.isLast(step)) {
            printer.sections(read.closing());
        }
    }

    @Override public void closed() {
        atTheEnd.run();
    }
}

package terminal;

import java.util.concurrent.CompletableFuture;
import kernel.output.Output;
import lesson.Lesson;
import script.EndOfLesson;
import script.LessonRun;
import script.LessonView;
import terminal.drawing.AnsiPalette;
import terminal.page.LessonContent;
import terminal.page.LessonPrinter;
import terminal.screen.Interrupts;
import terminal.screen.Screen;
import terminal.screen.TerminalEnvironment;
import terminal.screen.TerminalWriter;

/** The lesson in a terminal: waits for a key before a step runs and after its text, and offers the prompts there. */
final class InteractiveView implements LessonView {
    private final Interrupts interrupts = new Interrupts();
    private final Screen screen;
    private final LessonPrinter printer;
    private final Pause pause;
    private CompletableFuture<LessonContent> content;
    private Lesson lesson;
    private boolean over;

    InteractiveView(TerminalEnvironment terminalEnvironment, AnsiPalette palette) {
        this.screen = new Screen(interrupts, terminalEnvironment.width());
        this.printer = new LessonPrinter(TerminalWriter.on(screen, terminalEnvironment, palette));
        this.pause = new Pause(screen, printer, interrupts);
    }

    @Override public void opened(Lesson opened) {
        lesson = opened;
        printer.title(opened);
        content = CompletableFuture.supplyAsync(() -> LessonContent.of(opened), Thread.ofVirtual()::start);
    }

    @Override public void progress(String line) {
        pause.interrupt(() -> printer.quiet(line));
    }

    @Override public void running(String line) {
        progress(line);
    }

    @Override public void connected(String server) {
        pause.interrupt(() -> printer.quiet(server));
    }

    @Override public void entered(LessonRun run, String step) {
        var read = content.join();
        printer.upTo(read, step);
        waitFor(run, read, step, Pause.Place.BEFORE);
    }

    @Override public void shown(Output output) {
        printer.output(output);
    }

    @Override public void left(LessonRun run, String step) {
        if (over) {
            return; // the program ends because the learner has quit
        }
        var read = content.join();
        printer.meaning(read, step);
        printer.writer().print("");
        waitFor(run, read, step, Pause.Place.AFTER);
        if (read.isLast(step)) {
            printer.sections(read.closing());
            printer.end(lesson);
        }
    }

    private void waitFor(LessonRun run, LessonContent content, String step, Pause.Place place) {
        if (pause.here(run, content, step, place) == Pause.Answer.QUIT) {
            over = true;
            printer.left(lesson, content, step);
            throw new EndOfLesson();
        }
    }

    @Override public void closed() {
        pause.close();
        screen.close();
    }
}

package terminal;

import java.io.PrintStream;
import kernel.Output;
import lesson.Lesson;
import lesson.Page;
import script.Run;
import script.Stage;

/** The lesson as plain text, from top to bottom: for pipes, files and {@code --no-pause}. */
public final class PlainStage implements Stage {
    private final PrintStream out;
    private Page page;

    public PlainStage(PrintStream out) {
        this.out = out;
    }

    @Override public void opened(Lesson lesson) {
        page = Page.of(lesson);
        out.println("Lesson " + lesson.number() + "  " + page.title());
        out.println();
        out.flush();
    }

    @Override public synchronized void progress(String line) {
        out.println(line);
    }

    @Override public void connected(String server) {
        out.println(server);
    }

    @Override public void entered(Run run, String step) {
        out.println("\n== " + step);
    }

    @Override public void shown(Output output) {
        out.println(Drawing.text(output));
    }

    @Override public void left(Run run, String step) { }

    @Override public void closed() {
        out.flush();
    }
}

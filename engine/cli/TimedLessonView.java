package cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kernel.output.Output;
import lesson.Lesson;
import script.LessonRun;
import script.LessonView;
import timing.Phases;

/** Notes when a lesson first printed a line and first showed a result, for {@code bench}. */
final class TimedLessonView implements LessonView {
    private final LessonView view;
    private boolean shown;

    private TimedLessonView(LessonView view) {
        this.view = view;
    }

    /** The view itself, or one that notes phases where somebody asked for them. */
    static LessonView around(LessonView view) {
        return Phases.areNoted() ? new TimedLessonView(view) : view;
    }

    @Override public void opened(Lesson lesson) {
        view.opened(lesson);
        Phases.note("line");
    }

    @Override public void progress(String line) {
        view.progress(line);
    }

    @Override public void running(String line) {
        view.running(line);
    }

    @Override public void connected(String server) {
        view.connected(server);
        Phases.note("connected");
    }

    @Override public void entered(LessonRun run, String step) {
        view.entered(run, step);
    }

    @Override public void shown(Output output) {
        view.shown(output);
        if (!shown) {
            shown = true;
            Phases.note("result");
        }
    }

    @Override public void left(LessonRun run, String step) {
        view.left(run, step);
    }

    @Override public void closed() {
        view.closed();
        Phases.note("memory " + peakKilobytes());
    }

    /** The most memory this JVM ever held, as Linux counts it; 0 elsewhere. */
    private static long peakKilobytes() {
        var status = Path.of("/proc/self/status");
        try {
            return !Files.exists(status) ? 0 : Files.readAllLines(status).stream().filter(l -> l.startsWith("VmHWM:"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + status, e);
        }
    }
}

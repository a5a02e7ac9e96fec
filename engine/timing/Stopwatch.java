package timing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import kernel.output.Output;
import lesson.Lesson;
import script.LessonRun;
import script.LessonView;

/**
 * Notes when a lesson first printed a line and first showed a result, for {@code bench}. On only when
 * {@code COURSE_STOPWATCH} names a file.
 */
public final class Stopwatch implements LessonView {
    private static final String VARIABLE = "COURSE_STOPWATCH";
    private final LessonView view;
    private final Path file;
    private boolean shown;

    private Stopwatch(LessonView view, Path file) {
        this.view = view;
        this.file = file;
    }

    /** The stage itself, or with the stopwatch around it where one was asked for. */
    public static LessonView around(LessonView view) {
        return Optional.ofNullable(System.getenv(VARIABLE)).<LessonView>map(file -> new Stopwatch(view, Path.of(file))).orElse(view);
    }

    @Override public void opened(Lesson lesson) {
        view.opened(lesson);
        note("line");
    }

    @Override public void progress(String line) {
        view.progress(line);
    }

    @Override public void connected(String server) {
        view.connected(server);
        note("connected");
    }

    @Override public void entered(LessonRun run, String step) {
        view.entered(run, step);
    }

    @Override public void shown(Output output) {
        view.shown(output);
        if (!shown) {
            shown = true;
            note("result");
        }
    }

    @Override public void left(LessonRun run, String step) {
        view.left(run, step);
    }

    @Override public void closed() {
        view.closed();
        note("memory " + peakKilobytes());
    }

    private void note(String event) {
        var now = Instant.now();
        var micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        try {
            Files.writeString(file, micros + " " + event + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ", which " + VARIABLE + " names", e);
        }
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

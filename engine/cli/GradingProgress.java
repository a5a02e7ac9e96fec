package cli;

import grading.gradebook.GradedSubmission;
import java.time.Duration;
import java.util.function.Consumer;
import kernel.output.VisibleText;
import terminal.screen.TerminalWriter;

/** Shows how far a run is: at a terminal a bar that takes its own place, else a line for each submission. */
final class GradingProgress implements Consumer<GradedSubmission> {
    private static final int CELLS = 30;
    private static final String CLEAR_LINE = "\r\u001b[K";
    private final TerminalWriter writer;
    private final boolean bar;
    private final int all;
    private final long begin = System.nanoTime();
    private int done;

    /** @param bar whether there is a terminal that can draw one */
    GradingProgress(TerminalWriter writer, boolean bar, int all) {
        this.writer = writer;
        this.bar = bar;
        this.all = all;
    }

    @Override public void accept(GradedSubmission submission) {
        done++;
        if (bar) {
            writer.leave(CLEAR_LINE + bar(done, all, Duration.ofNanos(System.nanoTime() - begin)));
        } else {
            writer.print("%d of %d  %s%s".formatted(done, all, VisibleText.of(submission.file()), submission.isJudged() ? "" : ": " + submission.problem()));
        }
    }

    /** What follows begins a line of its own. */
    void end() {
        if (bar && done > 0) {
            writer.leave(CLEAR_LINE);
        }
    }

    /** "[██████        ] 12 of 40, 3 min left". */
    static String bar(int done, int all, Duration took) {
        var full = CELLS * done / all;
        return "[" + "█".repeat(full) + " ".repeat(CELLS - full) + "] " + done + " of " + all + left(took.multipliedBy(all - done).dividedBy(done));
    }

    private static String left(Duration left) {
        return left.isZero() ? "" : left.toSeconds() < 60 ? ", " + Math.max(1, left.toSeconds()) + " s left"
            : left.toMinutes() < 90 ? ", " + left.plusSeconds(30).toMinutes() + " min left" : ", " + left.plusMinutes(30).toHours() + " h left";
    }
}

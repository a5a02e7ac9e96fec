package script;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kernel.output.Output;
import lab.LogMark;

/**
 * Lines of the server's log from between two marks of ours, which stand in the log as well: the last line that the work caused
 * is there when the second mark is.
 */
final class ServerLogLines {
    private static final Duration BEFORE = Duration.ofSeconds(1);

    private ServerLogLines() { }

    static Optional<List<String>> during(Script.Work work) throws Exception {
        var run = LessonRun.current();
        var from = Instant.now().minus(BEFORE);
        var unreadable = run.lab().server().log().reasonUnreadable();
        if (unreadable.isPresent()) {
            work.run();
            run.show(new Output.Skipped(unreadable.get()));
            return Optional.empty();
        }
        var first = mark();
        work.run();
        var last = mark();
        var lines = new ArrayList<String>();
        Claims.await("the server's log has been written", () -> {
            lines.clear();
            lines.addAll(run.lab().server().log().between(from, Instant.now().plus(BEFORE)));
            return last.isIn(lines);
        });
        return Optional.of(LogMark.between(lines, first, last));
    }

    private static LogMark mark() throws SQLException {
        var mark = LogMark.create();
        Queries.execute(LessonRun.current().database().admin(), mark.statement());
        return mark;
    }
}

package script;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kernel.output.Output;
import lab.LabException;
import lab.os.Passwords;

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
        try {
            run.lab().server().log().between(from, from);
        } catch (LabException e) {
            work.run();
            run.show(new Output.Skipped(e.getMessage()));
            return Optional.empty();
        }
        var first = mark();
        work.run();
        var last = mark();
        var lines = new ArrayList<String>();
        Claims.await("the server's log has been written", () -> {
            lines.clear();
            lines.addAll(run.lab().server().log().between(from, Instant.now().plus(BEFORE)));
            return lines.stream().anyMatch(line -> line.contains(last));
        });
        return Optional.of(between(lines, first, last));
    }

    /** Names a text, so that no reader takes it for one of the lesson's lines. */
    private static String mark() throws SQLException {
        var mark = "mark " + Passwords.secret();
        Queries.execute(LessonRun.current().database().admin(), "do $$ begin raise log '" + mark + "'; end $$");
        return mark;
    }

    /** PostgreSQL writes a mark, and below it the statement that raised it. */
    private static List<String> between(List<String> lines, String first, String last) {
        var from = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(first)) {
                from = i + 1;
            }
            if (lines.get(i).contains(last)) {
                return List.copyOf(lines.subList(from, i));
            }
        }
        return List.copyOf(lines);
    }
}

package book.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import lab.os.Processes;
import lesson.Home;

/**
 * A change of the lessons or exercises, as git has it.
 *
 * @param commit its hash
 */
public record CourseChange(String commit, OffsetDateTime time, String sentence) {
    private static final int NEWEST = 30;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** The newest first; none where git, or the clone's history, is not here. */
    public static List<CourseChange> newest(Home home) throws IOException, InterruptedException {
        var log = new ProcessBuilder("git", "log", "-" + NEWEST, "--format=%H%x09%cI%x09%s", "--", "lessons", "exercises").directory(home.root().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
        Process git;
        try {
            git = log.start();
        } catch (IOException e) {
            return List.of();
        }
        try (var lines = git.inputReader(StandardCharsets.UTF_8)) {
            var changes = lines.lines().map(line -> line.split("\t", 3)).map(parts -> new CourseChange(parts[0], OffsetDateTime.parse(parts[1]), parts[2])).toList();
            return Processes.endsWithin(TIMEOUT, git) && git.exitValue() == 0 ? changes : List.of();
        }
    }
}

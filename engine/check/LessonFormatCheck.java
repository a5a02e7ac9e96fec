package check;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lesson.Home;
import lesson.Lesson;
import lesson.MalformedProgram;
import lesson.Program;
import lesson.Region;

/** What can be said of the regions of a lesson's program before it runs: closed tags, migrate() at the end, the width of lines. */
final class LessonFormatCheck {
    /** What the book has room for: code is 52 rem wide with its padding, at 13.8 px. A longer line has to be scrolled. */
    private static final int WIDEST = 102;
    /** Recorded before there was a limit. */
    private static final Set<String> SCROLLED = Set.of("06-relationships/delete-rules", "09-caching/nobody-waits");
    private static final String FIRST_THAT_MIGRATES = "03";

    private LessonFormatCheck() { }

    static List<String> complaints(Home home) {
        return home.lessons().stream().filter(lesson -> Files.exists(lesson.program()))
            .flatMap(lesson -> complaints(lesson).stream()).toList();
    }

    private static List<String> complaints(Lesson lesson) {
        try {
            var regions = Program.regions(lesson.program());
            var complaints = new ArrayList<>(wideLines(lesson, regions));
            if (lesson.number().compareTo(FIRST_THAT_MIGRATES) >= 0 && !migratesAtTheEnd(regions)) {
                complaints.add(lesson.program() + ": the last step must run migrate(), also where the lesson has no migrations yet");
            }
            return complaints;
        } catch (MalformedProgram e) {
            return List.of(e.getMessage());
        }
    }

    private static boolean migratesAtTheEnd(List<Region> regions) {
        return !regions.isEmpty() && regions.getLast().source().contains("migrate()");
    }

    private static List<String> wideLines(Lesson lesson, List<Region> regions) {
        var complaints = new ArrayList<String>();
        for (var region : regions) {
            var lines = region.source().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > WIDEST && !SCROLLED.contains(lesson.id() + "/" + region.id())) {
                    complaints.add(lesson.program() + ":" + (region.line() + i) + ": the line has " + lines.get(i).length()
                        + " characters, and the book has room for " + WIDEST + "; break it");
                }
            }
        }
        return complaints;
    }
}

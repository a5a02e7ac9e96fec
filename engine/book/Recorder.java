package book;

import java.time.LocalDate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lab.Progress;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;
import script.Transcript;

/** Runs a lesson and notes what it shows, and on what it ran. */
public final class Recorder {
    private static final Pattern SERVER = Pattern.compile("PostgreSQL ([\\d.]+)\\S* \\(([a-z]+)");

    private Recorder() { }

    /** Runs the lesson from start to end on a database, {@code --db} as the learner writes it; what the lesson throws comes out. */
    public static Recording record(Lesson lesson, String db, Progress progress) throws Exception {
        var transcript = Transcript.of(lesson, db, progress);
        var server = SERVER.matcher(transcript.server());
        if (!server.find()) {
            throw new IllegalStateException("cannot read version and provider in: " + transcript.server());
        }
        var sources = Program.regions(lesson.program()).stream().collect(Collectors.toMap(Region::id, Region::fingerprint));
        var steps = transcript.steps().entrySet().stream()
            .map(step -> new Recording.Step(step.getKey(), sources.get(step.getKey()), step.getValue())).toList();
        return new Recording(lesson.id(), server.group(1), server.group(2), System.getProperty("java.version"),
            LocalDate.now().toString(), steps);
    }
}

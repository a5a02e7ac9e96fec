package check;

import book.Recording;
import grading.CatalogSnapshot;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import kernel.output.Output;
import lab.LabException;
import lab.Progress;
import lab.provider.Providers;
import lab.url.UrlSecrets;
import lesson.Lesson;
import script.Migrations;
import script.Transcript;

/** Runs a lesson and compares what it shows with its recording: the same kinds of output, step for step. */
final class LessonCheck {
    private LessonCheck() { }

    /** The same beside a session that vacuums and analyzes all the time. */
    static List<Result> besideVacuum(Lesson lesson, String db) {
        return of(lesson, db, VacuumLoop::new, ", beside a session that vacuums");
    }

    static List<Result> of(Lesson lesson, String db) {
        return of(lesson, db, Transcript.Companion.NONE, "");
    }

    /** The first three lessons come to their tables step by step, and leave what they experimented with. */
    private static List<Result> of(Lesson lesson, String db, Transcript.Companion companion, String where) {
        var left = new AtomicReference<CatalogSnapshot>();
        var name = "lesson " + lesson.id() + " runs on " + UrlSecrets.hidden(db) + where + " and shows what was recorded";
        var started = System.nanoTime();
        var shows = run(name, lesson, db, companion, left).since(started);
        return lesson.number().compareTo("04") < 0 ? List.of(shows) : List.of(shows, leaves(lesson, db, left.get()));
    }

    /** The next lesson begins with what the migrations make, so that must be what the reader saw in the end. */
    private static Result leaves(Lesson lesson, String db, CatalogSnapshot left) {
        var name = "lesson " + lesson.id() + " leaves on " + UrlSecrets.hidden(db) + " what the migrations up to its own make";
        if (left == null) {
            return Result.failed(name, "the lesson did not come to its end");
        }
        try (var lab = Providers.open(db, Migrations.after(lesson), Progress.SILENT)) {
            return Result.of(name, left.changesSince(CatalogSnapshot.of(lab.lessonDatabase().admin())));
        } catch (SQLException | LabException e) {
            return Result.failed(name, e.getMessage());
        }
    }

    private static Result run(String name, Lesson lesson, String db, Transcript.Companion companion, AtomicReference<CatalogSnapshot> left) {
        try {
            var recording = Recording.read(lesson.recording());
            if (recording.isEmpty()) {
                return Result.failed(name, lesson.recording() + " is missing; run `./jbang record " + lesson.number() + "`");
            }
            var transcript = Transcript.of(lesson, db, Progress.SILENT, companion, database -> left.set(CatalogSnapshot.of(database.admin())));
            return Result.of(name, differences(recording.get(), transcript.steps()));
        } catch (Exception e) {
            return Result.failed(name, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    static List<String> differences(Recording recording, Map<String, List<Output>> shown) {
        var complaints = new ArrayList<String>();
        var recorded = recording.steps().stream().map(Recording.Step::id).toList();
        if (!recorded.equals(List.copyOf(shown.keySet()))) {
            return List.of("recorded steps " + recorded + ", but the program has " + shown.keySet());
        }
        for (var step : recording.steps()) {
            // What says why it cannot run, here or where it was recorded, need not look the same.
            var skipped = Output.Skipped.isAmong(step.outputs()) || Output.Skipped.isAmong(shown.get(step.id()));
            var before = shapes(step.outputs());
            var now = shapes(shown.get(step.id()));
            if (!skipped && !before.equals(now)) {
                complaints.add("step " + step.id() + " was recorded as " + before + ", and now shows " + now);
            }
        }
        return complaints;
    }

    /**
     * The same for the regions alone. Claims that only prove something stand outside the regions, so they are left out
     * of the comparison.
     */
    static List<String> differencesOfRegions(Recording recording, Map<String, List<Output>> shown) {
        var withoutClaims = new LinkedHashMap<String, List<Output>>();
        shown.forEach((step, outputs) -> withoutClaims.put(step, noClaims(outputs)));
        var steps = recording.steps().stream().map(s -> new Recording.Step(s.id(), s.source(), noClaims(s.outputs()))).toList();
        return differences(new Recording(recording.lesson(), recording.postgres(), recording.provider(), recording.jdk(),
            recording.date(), steps), withoutClaims);
    }

    private static List<Output> noClaims(List<Output> outputs) {
        return outputs.stream().filter(output -> !(output instanceof Output.Claim)).toList();
    }

    private static List<String> shapes(List<Output> outputs) {
        return outputs.stream().map(Output::shape).toList();
    }
}

package check;

import elsewhere.RecordedSums;
import elsewhere.ToolProgram;
import elsewhere.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lab.LabException;
import lesson.Home;
import lesson.Lesson;
import lesson.Sample;

/** What lessons say of other tools: each of their programs runs, and prints what was recorded. */
final class ToolCheck {
    private ToolCheck() { }

    /** All programs, once. */
    static List<Result> of(Home home, String db) {
        return home.lessons().stream().flatMap(lesson -> of(lesson, db).stream()).toList();
    }

    /**
     * One program of each language. All of them take as long as half of the rest, and ran when they were recorded; the record is of just
     * these programs, or {@link #unrecorded} says so. What they stand on, on this machine, may have changed since, and that shows in a few
     * as well: in others whenever something that is recorded changes.
     */
    static List<Result> sample(Home home, String db) {
        return few(home).stream().flatMap(program -> Result.ofTwoTries(() -> List.of(timed(program, db))).stream()).toList();
    }

    static Collection<ToolProgram> few(Home home) {
        var state = home.lessons().stream().map(RecordedSums::of).toList().toString();
        var all = home.lessons().stream().flatMap(lesson -> ToolProgram.of(lesson).stream()).toList();
        return Sample.shuffled(all, ToolProgram::name, state).stream()
            .collect(Collectors.toMap(ToolProgram::extension, program -> program, (first, other) -> first, TreeMap::new)).values();
    }

    /** What has changed since programs were recorded, or was never recorded. */
    static List<String> unrecorded(Home home) {
        return home.lessons().stream().flatMap(lesson -> RecordedSums.of(lesson).changes(RecordedSums.now(lesson)).stream()
            .map(change -> change + " since " + RecordedSums.file(lesson) + " was written; run `./jbang record --elsewhere " + lesson.number() + "`")).toList();
    }

    static List<Result> of(Lesson lesson, String db) {
        return ToolProgram.of(lesson).stream().map(program -> timed(program, db)).toList();
    }

    private static Result timed(ToolProgram program, String db) {
        var started = System.nanoTime();
        return of(program, db).since(started);
    }

    private static Result of(ToolProgram program, String db) {
        var name = program.name() + " runs and prints what was recorded";
        try {
            if (!Files.exists(program.recording())) {
                return Result.failed(name, program.recording() + " is missing; run `./jbang record --elsewhere " + program.lesson().number() + "`");
            }
            var printed = ToolRun.output(program, db);
            var recorded = Files.readString(program.recording());
            return printed.equals(recorded) ? Result.passed(name) : Result.failed(name, "it was recorded as\n" + recorded + "and now prints\n" + printed);
        } catch (LabException | IOException e) {
            return Result.failed(name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(name, "interrupted");
        }
    }
}

package check;

import elsewhere.ToolProgram;
import elsewhere.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import lab.LabException;
import lesson.Home;
import lesson.Lesson;

/** What lessons say of other tools: each of their programs runs, and prints what was recorded. */
final class ToolCheck {
    private ToolCheck() { }

    static List<Result> of(Home home, String db) {
        return home.lessons().stream().flatMap(lesson -> ToolProgram.of(lesson).stream()).flatMap(program -> Result.ofTwoTries(() -> List.of(timed(program, db))).stream()).toList();
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

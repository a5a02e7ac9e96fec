package check;

import book.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.cell.CellVariables;
import kernel.compile.Members;
import kernel.output.Output;
import kernel.sql.SqlKernel;
import lab.Progress;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;
import lesson.Sample;
import lesson.Sums;
import script.LessonRun;
import script.RegionRun;
import script.Script;
import script.StepSelection;
import script.Transcript;

/**
 * Runs the regions of a lesson as the notebook does: one after the other, in JShell and in its kernel for SQL, without
 * the program around them. A region that needs more than itself and the regions before it fails here, and one that cannot
 * run again.
 */
final class CellCheck {
    private static final int SAMPLE = 5;

    private CellCheck() { }

    /** So many lessons as there is time for beside all else; others, when the program of any lesson or its recording changes. */
    static List<Lesson> few(Home home) {
        var state = home.lessons().stream().map(lesson -> Sums.of(lesson.program()) + Sums.of(lesson.recording())).collect(Collectors.joining());
        return Sample.shuffled(home.lessons(), Lesson::id, state).stream().limit(SAMPLE).toList();
    }

    static Result of(Lesson lesson, String db) {
        var name = "the regions of lesson " + lesson.id() + " run in JShell, in order, and each a second time";
        var complaints = new ArrayList<String>();
        var regions = Program.regions(lesson.program());
        var transcript = new Transcript(Progress.SILENT);
        try (var run = new LessonRun(lesson, db, StepSelection.all(regions.stream().map(Region::id).toList()), transcript);
             var shell = JShell.builder().executionEngine("local").build();
             var sql = new SqlKernel(run.database(), CellVariables.NONE)) {
            prepare(shell, lesson);
            for (var region : regions) {
                complaints.addAll(twice(shell, sql, region, transcript));
            }
            run.finish();
            if (complaints.isEmpty()) {
                complaints.addAll(compare(lesson, transcript.steps()));
            }
        } catch (Exception e) {
            complaints.add(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return Result.of(name, complaints);
    }

    private static void prepare(JShell shell, Lesson lesson) {
        shell.addToClasspath(System.getProperty("java.class.path"));
        var preamble = new ArrayList<>(List.of("import module java.base;"));
        preamble.addAll(Program.imports(lesson.program()));
        preamble.addAll(Members.besidesMain(lesson.program()));
        preamble.forEach(shell::eval);
    }

    /** A reader changes a cell, or doubts it, and runs it again: it must say the same. */
    private static List<String> twice(JShell shell, SqlKernel sql, Region region, Transcript transcript) {
        var complaints = run(shell, sql, region);
        if (!complaints.isEmpty()) {
            return complaints;
        }
        var first = shapes(transcript, region);
        var again = run(shell, sql, region);
        var second = shapes(transcript, region);
        return !again.isEmpty() ? again.stream().map(complaint -> complaint + ", when it runs a second time").toList()
            : first.equals(second) ? List.of()
            : List.of("step " + region.id() + " showed " + first + ", and when it runs a second time " + second);
    }

    private static List<String> shapes(Transcript transcript, Region region) {
        return transcript.steps().get(region.id()).stream().map(Output::shape).toList();
    }

    private static List<String> run(JShell shell, SqlKernel sql, Region region) {
        Script.step(region.id());
        return switch (region.language()) {
            case "sql" -> run(sql, region);
            case "java" -> evaluate(shell, region);
            default -> shell(region);
        };
    }

    private static List<String> shell(Region region) {
        try {
            RegionRun.run(region);
            return List.of();
        } catch (Exception e) {
            return List.of("step " + region.id() + ": " + e.getMessage());
        }
    }

    private static List<String> run(SqlKernel sql, Region region) {
        var cellResult = sql.run(Cell.of(region), new CellListener() {
            @Override public void shown(Output output) {
                Script.show(output);
            }

            @Override public void printed(String stream, String text) { }
        });
        return cellResult instanceof CellResult.Done ? List.of() : List.of("step " + region.id() + " ended with " + cellResult);
    }

    private static List<String> evaluate(JShell shell, Region region) {
        var complaints = new ArrayList<String>();
        var rest = region.source();
        while (!rest.isBlank() && complaints.isEmpty()) {
            var next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            var source = next.source() == null ? rest : next.source();
            shell.eval(source).forEach(event -> complaint(shell, event, region).ifPresent(complaints::add));
            rest = next.remaining();
        }
        return complaints;
    }

    private static Optional<String> complaint(JShell shell, SnippetEvent event, Region region) {
        if (event.exception() != null) {
            return Optional.of("step " + region.id() + ": " + event.exception().getMessage());
        }
        if (event.status() == Snippet.Status.REJECTED) {
            return Optional.of("step " + region.id() + ": `" + event.snippet().source().strip() + "` is refused: "
                + shell.diagnostics(event.snippet()).map(d -> d.getMessage(Locale.ROOT)).toList());
        }
        return Optional.empty();
    }

    private static List<String> compare(Lesson lesson, Map<String, List<Output>> shown) throws Exception {
        var recording = Recording.read(lesson.recording());
        return recording.isEmpty() ? List.of("there is no recording to compare with")
            : LessonCheck.differencesOfRegions(recording.get(), shown);
    }
}

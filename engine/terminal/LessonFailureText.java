package terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kernel.output.Failures;
import kernel.output.RoutineSources;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;
import script.LessonFailed;
import script.LessonProgram;
import terminal.drawing.TextDrawing;
import terminal.drawing.TextStyle;
import terminal.screen.TerminalEnvironment;
import terminal.screen.TerminalWriter;

/** Says why a lesson did not come to its end: the claim or the error, the step, the line of its program. */
public final class LessonFailureText {
    /** Lines between a call that announces a step and its region: {@code sql("id", """} and the tag. */
    private static final int ANNOUNCEMENT = 2;

    private final Lesson lesson;
    private final TerminalWriter writer;

    private LessonFailureText(Lesson lesson, TerminalWriter writer) {
        this.lesson = lesson;
        this.writer = writer;
    }

    /** Writes to {@code err}; no stack trace, because the engine's frames say nothing about the lesson. */
    public static void explain(Lesson lesson, Throwable failure, PrintStream err) {
        var terminalEnvironment = TerminalEnvironment.here();
        var palette = terminalEnvironment.palette(lesson.home().root());
        var style = new TextStyle(palette, false, terminalEnvironment.width());
        var cause = failure instanceof InvocationTargetException wrapped ? wrapped.getCause() : failure;
        new LessonFailureText(lesson, new TerminalWriter(err, err.charset(), () -> style)).print(cause);
    }

    private void print(Throwable failure) {
        var line = line(failure);
        var region = line.flatMap(this::region);
        switch (failure) {
            case LessonFailed failed -> writer.print(List.of(
                writer.style().in("bad", "✗") + " The lesson claims: " + failed.claim(), "  PostgreSQL did: " + failed.actual()));
            case LessonProgram.DoesNotCompile broken -> writer.print(broken.getMessage());
            default -> writer.print(TextDrawing.lines(RoutineSources.ofStatement().told(Failures.of(failure, statement(region))), writer.style()));
        }
        line.ifPresent(number -> writer.print("  in " + region.map(r -> "step " + number(r) + ", " + r.id() + ", ").orElse("")
            + lesson.program().getFileName() + ":" + number + source(number)));
    }

    /** Where the lesson's program was, of the failure or of what it wraps. */
    private Optional<Integer> line(Throwable failure) {
        var file = lesson.program().getFileName().toString();
        for (var at = failure; at != null; at = at.getCause()) {
            var frame = Arrays.stream(at.getStackTrace()).filter(f -> file.equals(f.getFileName())).findFirst();
            if (frame.isPresent()) {
                return frame.map(StackTraceElement::getLineNumber);
            }
        }
        return Optional.empty();
    }

    /** The step that the line announces, else the last one that began before it. */
    private Optional<Region> region(int line) {
        var regions = Program.regions(lesson.program());
        return regions.stream().filter(region -> line >= region.line() - ANNOUNCEMENT && line < region.line()).findFirst()
            .or(() -> regions.stream().filter(region -> region.line() <= line).reduce((earlier, later) -> later));
    }

    private int number(Region region) {
        return Program.regions(lesson.program()).stream().map(Region::id).toList().indexOf(region.id()) + 1;
    }

    /** The step's SQL, where the step is SQL; of Java the line says it. */
    private static String statement(Optional<Region> region) {
        return region.filter(r -> r.language().equals("sql")).map(Region::source).orElse("");
    }

    private String source(int number) {
        try (var lines = Files.lines(lesson.program())) {
            return lines.skip(number - 1L).findFirst().map(text -> "\n    " + text.strip()).orElse("");
        } catch (IOException e) {
            return ""; // the number alone is enough to find it
        }
    }
}

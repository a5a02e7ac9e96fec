package terminal.prompt;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kernel.output.Failures;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import terminal.drawing.Grid;
import terminal.page.LessonPrinter;
import terminal.screen.Screen;

/** The prompt for Java: snippets with the lesson's variables. */
final class JavaPrompt {
    private static final List<List<String>> HELP = List.of(
        List.of("/vars", "what the lesson and you have declared, with types"),
        List.of("show(x)", "draws a result, a plan, a list of records; so do query(…), plan(…) and the lesson's other words, docs/words.html"),
        List.of("Tab", "completes; an open brace or bracket goes on in the next line"),
        List.of("Ctrl-C", "stops what runs, or clears the line"),
        List.of("/exit", "back to the lesson, also Ctrl-D"));

    private final Screen screen;
    private final LessonPrinter printer;
    private final JavaShell shell;
    private final JavaAnswers answers;

    JavaPrompt(Screen screen, LessonPrinter printer, JavaShell shell) {
        this.screen = screen;
        this.printer = printer;
        this.shell = shell;
        this.answers = new JavaAnswers(printer);
    }

    /** Until the learner leaves. What was declared stays for the next time. */
    void run(Optional<Path> history) {
        printer.quiet("Java with the lesson's imports and variables. /vars lists them, /help helps; Ctrl-D goes back to the lesson.");
        var reader = screen.reader(history, new JavaParser(shell.analysis()), new JavaCompleter(shell.analysis()), "%P  ...> ");
        while (true) {
            try {
                var line = reader.readLine(printer.writer().style().in("accent", "java>") + " ").strip();
                if (!(line.startsWith("/") && !line.startsWith("//") && !line.startsWith("/*") ? command(line) : snippets(line))) {
                    return;
                }
            } catch (UserInterruptException e) {
                continue; // Ctrl-C clears the line
            } catch (EndOfFileException e) {
                return;
            }
        }
    }

    private boolean snippets(String input) {
        try {
            shell.run(input).forEach(answers::print);
        } catch (Exception e) {
            printer.output(Failures.of(e, ""));
        }
        return true;
    }

    /** @return whether the prompt goes on */
    private boolean command(String line) {
        var style = printer.writer().style();
        switch (line.split("\\s+")[0]) {
            case "/exit", "/q", "/quit", "/ex" -> { return false; }
            case "/vars", "/v" -> shell.variables().forEach(variable ->
                printer.writer().print(style.quiet(variable.typeName()) + " " + style.in("name", variable.name())));
            case "/help", "/?" -> HELP.forEach(row ->
                printer.writer().print(Grid.row(List.of(style.in("accent", row.getFirst()), row.getLast()), List.of(8, style.measure() - 10))));
            default -> printer.quiet("There is no " + line + " here; /help lists what there is.");
        }
        return true;
    }
}

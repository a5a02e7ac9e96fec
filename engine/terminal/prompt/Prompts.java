package terminal.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lab.Database;
import lab.Role;
import lesson.Home;
import script.LessonRun;
import terminal.page.LessonContent;
import terminal.page.LessonPrinter;
import terminal.screen.Interrupts;
import terminal.screen.Screen;

/** The two prompts and the repetition of a step, each made when it is first wanted: JShell is heavy. */
public final class Prompts {
    private final Screen screen;
    private final LessonPrinter printer;
    private final Interrupts interrupts;
    private JavaShell shell;

    public Prompts(Screen screen, LessonPrinter printer, Interrupts interrupts) {
        this.screen = screen;
        this.printer = printer;
        this.interrupts = interrupts;
    }

    /** The SQL prompt, until the learner leaves it. */
    public void sql(LessonRun run) {
        var text = new PromptText(List.of("SQL on the lesson's database, as the app. \\? for help; \\q or Ctrl-D goes back to the lesson."), run.lesson().home().root());
        sql(run.database(), Role.APP, text, history(run.lesson().home(), "sql-history"));
    }

    /** The same on any database. */
    public void sql(Database database, Role role, PromptText text, Optional<Path> history) {
        new SqlPrompt(printer, interrupts, database, role, text).run(screen, history);
    }

    /** Runs statements where nobody sits at a terminal. @return whether all of them ran without a failure */
    public static boolean sqlOf(String statements, LessonPrinter printer, Database database, Role role, PromptText text) {
        return new SqlPrompt(printer, new Interrupts(), database, role, text).run(statements);
    }

    /** The Java prompt, until the learner leaves it. */
    public void java(LessonRun run) {
        new JavaPrompt(screen, printer, shell(run)).run(history(run.lesson().home(), "java-history"));
    }

    /** Runs a step again; its failure is shown and does not end the lesson. */
    public void again(LessonRun run, LessonContent content, String step) {
        printer.again(step);
        content.region(step).ifPresent(region -> new StepRepeater(printer, () -> shell(run), interrupts).run(region));
        printer.writer().print("");
    }

    private JavaShell shell(LessonRun run) {
        if (shell == null) {
            printer.quiet("Starting Java …");
            shell = new JavaShell(run, interrupts);
        }
        shell.offer(run.variables());
        return shell;
    }

    /** The file for what was typed; none where the clone is read-only. */
    public static Optional<Path> history(Home home, String name) {
        var folder = home.state();
        try {
            Files.createDirectories(folder);
            return Optional.of(folder.resolve(name)).filter(file -> Files.isWritable(folder));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Ends what the Java prompt has started. */
    public void close() {
        if (shell != null) {
            shell.close();
        }
    }
}

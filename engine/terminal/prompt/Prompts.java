package terminal.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import script.Run;
import terminal.page.Narrator;
import terminal.page.Story;
import terminal.screen.Interrupts;
import terminal.screen.Screen;

/** The two prompts and the repetition of a step, each made when it is first wanted: JShell is heavy. */
public final class Prompts {
    private final Screen screen;
    private final Narrator narrator;
    private final Interrupts interrupts;
    private JavaShell shell;

    public Prompts(Screen screen, Narrator narrator, Interrupts interrupts) {
        this.screen = screen;
        this.narrator = narrator;
        this.interrupts = interrupts;
    }

    public void sql(Run run) {
        new SqlPrompt(screen, narrator, interrupts, run.database()).run(history(run, "sql-history"));
    }

    public void java(Run run) {
        new JavaPrompt(screen, narrator, shell(run)).run(history(run, "java-history"));
    }

    public void again(Run run, Story story, String step) {
        narrator.again(step);
        story.region(step).ifPresent(region -> new Again(narrator, () -> shell(run), interrupts).run(region));
        narrator.paper().print("");
    }

    private JavaShell shell(Run run) {
        if (shell == null) {
            narrator.quiet("Starting Java …");
            shell = new JavaShell(run, interrupts);
        }
        shell.offer(run.variables());
        return shell;
    }

    /** The file for what was typed; none where the clone is read-only. */
    private static Optional<Path> history(Run run, String name) {
        var folder = run.lesson().home().state();
        try {
            Files.createDirectories(folder);
            return Optional.of(folder.resolve(name)).filter(file -> Files.isWritable(folder));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public void close() {
        if (shell != null) {
            shell.close();
        }
    }
}

package script;

import java.util.Optional;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.output.Output;
import kernel.shell.PracticeShell;
import lab.LabException;
import lab.Role;
import lesson.Program;

/** Steps whose program is a script for the shell. */
final class ShellSteps {
    /** Or what it says of failures would stand before or after what it printed at the time. */
    private static final String IN_ORDER = "exec 2>&1; ";

    private ShellSteps() { }

    /** Shows what the script prints, in one piece. */
    static Optional<String> run(String tagged) {
        var run = LessonRun.current();
        var source = IN_ORDER + Program.untagged(tagged);
        PracticeShell shell;
        try {
            shell = run.practiceShell();
            shell.server().tools().script(source); // only to ask whether it can be run
        } catch (LabException e) {
            run.show(new Output.Skipped(e.getMessage()));
            return Optional.empty();
        }
        var printed = printed(shell, source);
        run.show(new Output.Text(printed));
        return Optional.of(printed);
    }

    private static String printed(PracticeShell shell, String source) {
        var printed = new StringBuffer();
        try {
            var cellResult = shell.kernel().run(new Cell("shell", Cell.Language.SHELL, source, Role.ADMIN, "", ""), new CellListener() {
                @Override public void shown(Output output) {
                    printed.append(output instanceof Output.Text(var text) ? text : output).append('\n');
                }

                @Override public void printed(String stream, String text) {
                    printed.append(text);
                }
            });
            if (!(cellResult instanceof CellResult.Done)) {
                throw new LessonFailed("the script comes to its end", printed.toString().strip());
            }
            return printed.toString().stripTrailing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while a script ran", e);
        }
    }
}

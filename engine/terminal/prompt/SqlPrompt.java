package terminal.prompt;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import kernel.output.Failures;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.sql.syntax.SqlStatements;
import lab.Database;
import lab.SqlErrors;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.postgresql.core.TransactionState;
import terminal.drawing.RecordText;
import terminal.drawing.TextDrawing;
import terminal.page.LessonPrinter;
import terminal.screen.Interrupts;
import terminal.screen.Screen;

/** The prompt for SQL: statements until their semicolon, a few commands of psql, and errors with a caret. */
final class SqlPrompt {
    private final Screen screen;
    private final LessonPrinter printer;
    private final Interrupts interrupts;
    private final Database database;
    private final PromptConnection session;
    private final SqlCommands commands;

    SqlPrompt(Screen screen, LessonPrinter printer, Interrupts interrupts, Database database) {
        this.screen = screen;
        this.printer = printer;
        this.interrupts = interrupts;
        this.database = database;
        this.session = new PromptConnection(database);
        this.commands = new SqlCommands(session, printer);
    }

    /** Until the learner leaves. An open transaction is rolled back then: it could hold locks that the lesson needs. */
    void run(Optional<Path> history) {
        printer.quiet("SQL on the lesson's database, as the app. \\? for help; \\q or Ctrl-D goes back to the lesson.");
        var completer = new SqlCompleter(database);
        var reader = screen.reader(history, new SqlParser(), completer, "%P   ");
        while (true) {
            try {
                var line = reader.readLine(printer.writer().style().in("accent", session.prompt()) + " ").strip();
                var typed = SqlParser.Typed.of(line);
                statements(typed.statements());
                if (typed.command().isPresent() && !commands.run(typed.command().get())) {
                    break;
                }
                completer.forget();
            } catch (UserInterruptException e) {
                continue; // Ctrl-C clears the line
            } catch (EndOfFileException e) {
                break;
            } catch (SQLException e) {
                failed(e, "");
            }
        }
        leave();
    }

    private void statements(String text) {
        var statements = SqlStatements.of(text);
        for (var statement : statements.complete()) {
            if (!one(statement)) {
                return; // as psql does with ON_ERROR_STOP: what follows may build on it
            }
        }
        if (!statements.isComplete()) {
            printer.quiet("Not run, as it has no semicolon: " + statements.rest().strip().lines().findFirst().orElse("") + " …");
        }
    }

    private boolean one(String statement) {
        var start = System.nanoTime();
        try {
            var outputs = interrupts.during(session::cancel, () -> session.runTyped(statement));
            outputs.forEach(this::show);
            return true;
        } catch (SQLException e) {
            failed(e, statement);
            return false;
        } catch (Exception e) {
            printer.output(Failures.of(e, statement));
            return false;
        } finally {
            if (commands.timing()) {
                printer.quiet(Numbers.of((System.nanoTime() - start) / 1e6, "ms"));
            }
        }
    }

    private void show(Output output) {
        var style = printer.writer().style();
        printer.writer().print(switch (output) {
            case Output.Table table when commands.expanded() -> RecordText.lines(table, style);
            case Output.Text text -> List.of(style.quiet(text.text()));
            case Output.Log notice -> notice.lines().stream().map(style::quiet).toList();
            default -> TextDrawing.lines(output, style);
        });
    }

    private void failed(SQLException failure, String statement) {
        printer.writer().print(TextDrawing.lines(Failures.of(failure, statement), printer.writer().style()));
        if (SqlErrors.isConnectionLost(failure)) {
            session.forget();
            printer.quiet("The connection is gone, and its transaction with it; the next statement opens a new one.");
        } else if (session.state() == TransactionState.FAILED) {
            printer.quiet("The transaction is aborted: PostgreSQL accepts only rollback now.");
        }
    }

    private void leave() {
        if (session.state() != TransactionState.IDLE) {
            printer.quiet("The open transaction is rolled back.");
        }
        session.forget();
    }
}

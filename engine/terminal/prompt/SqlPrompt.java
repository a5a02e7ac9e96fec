package terminal.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import kernel.output.Failures;
import kernel.output.Numbers;
import kernel.output.Output;
import kernel.output.RoutineSources;
import lab.Database;
import lab.Role;
import lab.SqlErrors;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.postgresql.core.TransactionState;
import terminal.drawing.RecordText;
import terminal.drawing.TextDrawing;
import terminal.page.LessonPrinter;
import terminal.prompt.Typed.Piece;
import terminal.screen.Interrupts;
import terminal.screen.Screen;

/** The prompt for SQL: statements until their semicolon, a few commands of psql, and errors with a caret. */
final class SqlPrompt {
    private final LessonPrinter printer;
    private final Interrupts interrupts;
    private final Database database;
    private final PromptConnection session;
    private final SqlCommands commands;
    private final PromptText text;
    private Optional<String> last = Optional.empty();
    private String waiting = "";

    /** How a text that was typed has ended. */
    private enum End { GOES_ON, FAILED, LEFT }

    SqlPrompt(LessonPrinter printer, Interrupts interrupts, Database database, Role role, PromptText text) {
        this.printer = printer;
        this.interrupts = interrupts;
        this.database = database;
        this.session = new PromptConnection(database, role);
        this.commands = new SqlCommands(session, printer);
        this.text = text;
    }

    /** Runs a text as if it were typed. @return whether all of it ran without a failure */
    boolean run(String typed) {
        text.greeting().forEach(printer::quiet);
        try {
            return carryOut(ended(typed)) != End.FAILED;
        } finally {
            leave();
        }
    }

    /** Until the learner leaves. An open transaction is rolled back then: it could hold locks that the lesson needs. */
    void run(Screen screen, Optional<Path> history) {
        text.greeting().forEach(printer::quiet);
        var completer = new SqlCompleter(database);
        var reader = screen.reader(history, new SqlParser(), completer, "%P   ");
        while (true) {
            try {
                var typed = Typed.of(reader.readLine(printer.writer().style().in("accent", session.prompt()) + " ", null, (Character) null, waiting));
                waiting = "";
                if (carryOut(typed) == End.LEFT) {
                    break;
                }
                completer.forget();
            } catch (UserInterruptException e) {
                waiting = ""; // Ctrl-C clears the line
            } catch (EndOfFileException e) {
                break;
            }
        }
        leave();
    }

    /** The last statement of a file ends with it, with or without a semicolon. */
    private static Typed ended(String text) {
        var typed = Typed.of(text);
        return typed.isComplete() ? typed : Typed.of(text + "\n;");
    }

    /** Until a statement fails, as psql does with ON_ERROR_STOP: what follows may build on it. */
    private End carryOut(Typed typed) {
        for (var piece : typed.pieces()) {
            var end = piece instanceof Piece.Command(var line) ? command(line) : one(piece) ? End.GOES_ON : End.FAILED;
            if (end == End.LEFT && !typed.waiting().isEmpty()) {
                printer.quiet("Not run, as it has no semicolon: " + typed.rest().strip().lines().findFirst().orElse("") + " …");
            }
            if (end != End.GOES_ON) {
                return end;
            }
        }
        waiting = typed.waiting();
        return End.GOES_ON;
    }

    private End command(String line) {
        try {
            if (line.matches("\\\\i(\\s.*)?")) {
                return file(line.substring(2).strip().replaceAll("^'|'$|;$", ""));
            }
            return (OtherCommands.isRepetition(line) && last.isPresent() ? repeated(line) : commands.run(line)) ? End.GOES_ON : End.LEFT;
        } catch (SQLException e) {
            failed(e, "");
            return End.GOES_ON;
        }
    }

    private End file(String name) {
        if (name.isEmpty()) {
            printer.quiet("\\i needs the name of a file.");
            return End.GOES_ON;
        }
        var file = text.files().resolve(name);
        try {
            return carryOut(ended(Files.readString(file))) == End.FAILED ? End.FAILED : End.GOES_ON;
        } catch (IOException e) {
            printer.quiet("The file " + file + " cannot be read.");
            return End.GOES_ON;
        }
    }

    private boolean repeated(String line) {
        one(new Piece.Statement(last.get(), line.startsWith("\\gx")));
        return true;
    }

    private boolean one(Piece piece) {
        var start = System.nanoTime();
        try {
            interrupts.during(session::cancel, () -> {
                run(piece);
                return null;
            });
            return true;
        } catch (SQLException e) {
            failed(e, last.orElse(""));
            return false;
        } catch (Exception e) {
            printer.output(Failures.of(e, last.orElse("")));
            return false;
        } finally {
            if (commands.timing()) {
                printer.quiet(Numbers.of((System.nanoTime() - start) / 1e6, "ms"));
            }
        }
    }

    private void run(Piece piece) throws Exception {
        switch (piece) {
            case Piece.Statement(var sql, var isExpanded) -> {
                last = Optional.of(sql);
                session.runTyped(sql, output -> show(output, isExpanded || commands.expanded()));
            }
            case Piece.Copy(var sql, var rows) -> {
                last = Optional.of(sql);
                show(session.copyIn(sql, rows), false);
            }
            case Piece.Command command -> throw new IllegalArgumentException(command + " is no statement");
        }
    }

    private void show(Output output, boolean isExpanded) {
        var style = printer.writer().style();
        printer.writer().print(switch (output) {
            case Output.Table table when isExpanded -> RecordText.lines(table, style);
            case Output.Text text -> List.of(style.quiet(text.text()));
            case Output.Log notice -> notice.lines().stream().map(style::quiet).toList();
            default -> TextDrawing.lines(output, style);
        });
    }

    private void failed(SQLException failure, String statement) {
        printer.writer().print(TextDrawing.lines(RoutineSources.of(session.login()).told(Failures.of(failure, statement)), printer.writer().style()));
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

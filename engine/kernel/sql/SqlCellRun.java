package kernel.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.sql.SessionState.Transaction;
import kernel.sql.syntax.ResultNames;
import kernel.sql.syntax.StatementText;
import lab.SqlErrors;

/** One cell, statement by statement, until its end or the first that fails: what follows may build on it. */
final class SqlCellRun {
    private final Cell cell;
    private final SqlSession session;
    private final StatementRun statementRun;
    private final CellListener listener;
    private final Consumer<StatementText> onSuccess;

    /** @param onSuccess gets each statement that PostgreSQL accepted */
    SqlCellRun(Cell cell, SqlSession session, StatementRun statementRun, CellListener listener, Consumer<StatementText> onSuccess) {
        this.cell = cell;
        this.session = session;
        this.statementRun = statementRun;
        this.listener = listener;
        this.onSuccess = onSuccess;
    }

    CellResult run() {
        try {
            return open().or(this::runStatements).orElseGet(this::result);
        } catch (IllegalArgumentException e) {
            return refused("Mistake", e.getMessage(), "", 0, 1);
        }
    }

    private Optional<CellResult> open() {
        try {
            if (session.open() == SqlSession.Found.REOPENED) {
                listener.printed("err", "The server had closed " + session.name().describe() + ", and an open transaction with it. This is a new one.\n");
            }
            return Optional.empty();
        } catch (SQLException e) {
            listener.shown(Failures.of(e, ""));
            return Optional.of(new CellResult.Lost("There is no connection for " + session.name().describe() + ": " + SqlErrors.describe(e) + ". Reset the database."));
        }
    }

    private Optional<CellResult> runStatements() {
        var statements = StatementText.of(cell.source());
        var names = ResultNames.of(cell.source(), statements);
        Optional<String> name = Optional.empty();
        for (int i = 0; i < statements.size(); i++) {
            if (session.lock().isStopped()) {
                return Optional.of(new CellResult.Stopped());
            }
            name = names.of(i).isPresent() ? names.of(i) : name;
            var statement = statements.get(i);
            try {
                name = statementRun.run(statement, name) ? Optional.empty() : name;
                onSuccess.accept(statement);
            } catch (SQLException e) {
                return Optional.of(failed(statement, e));
            } catch (StatementRun.InvalidStatementException e) {
                return Optional.of(refused("Mistake", e.getMessage(), statement.text(), e.offset(), statement.line(cell.source(), e.offset())));
            }
        }
        return Optional.empty();
    }

    private CellResult failed(StatementText statement, SQLException failure) {
        if (session.lock().isStopped() && "57014".equals(failure.getSQLState())) {
            return new CellResult.Stopped();
        }
        var shown = statementRun.failure(statement, failure);
        listener.shown(shown);
        if (SqlErrors.isConnectionLost(failure)) {
            session.forget();
            return new CellResult.Lost("The connection of " + session.name().describe() + " is gone, and its open transaction with it."
                + " Run the cell again: it opens a new one.");
        }
        if (cell.sqlState().equals(failure.getSQLState())) {
            return asExpected(failure);
        }
        sayAborted();
        return new CellResult.Failed(statement.line(cell.source(), shown.position() > 0 ? shown.position() - 1 : statement.firstWord()));
    }

    private CellResult asExpected(SQLException failure) {
        listener.shown(new Output.Claim(claim(), failure.getSQLState()));
        try {
            if (session.name().isUsual()) {
                session.rollback(); // the next step must not find a failed transaction
            }
            return new CellResult.Done();
        } catch (SQLException e) {
            listener.shown(Failures.of(e, "rollback"));
            return new CellResult.Failed(0);
        }
    }

    private void sayAborted() {
        if (session.transaction() == Transaction.FAILED) {
            listener.printed("err", "The transaction of " + session.name().describe() + " is aborted: PostgreSQL accepts only rollback in it now.\n");
        }
    }

    private CellResult result() {
        return cell.sqlState().isEmpty() ? new CellResult.Done()
            : refused("LessonFailed", "the lesson claims: " + claim() + "; but it accepted every statement", "", 0, 0);
    }

    private String claim() {
        return "PostgreSQL refuses with SQLSTATE " + cell.sqlState();
    }

    private CellResult refused(String kind, String sentence, String statement, int offset, int line) {
        listener.shown(new Output.Failure(kind, sentence, "", "", "", statement, statement.isEmpty() ? 0 : offset + 1));
        return new CellResult.Failed(line);
    }
}

package kernel.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import kernel.cell.Cell;
import kernel.cell.Ending;
import kernel.cell.Witness;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.sql.SessionState.Transaction;
import kernel.sql.syntax.Marks;
import kernel.sql.syntax.Piece;

/** One cell, statement by statement, until its end or the first that fails: what follows may build on it. */
final class CellRun {
    private final Cell cell;
    private final SqlSession session;
    private final StatementRun statements;
    private final Witness witness;
    private final Consumer<Piece> after;

    /** @param after hears each statement that went well */
    CellRun(Cell cell, SqlSession session, StatementRun statements, Witness witness, Consumer<Piece> after) {
        this.cell = cell;
        this.session = session;
        this.statements = statements;
        this.witness = witness;
        this.after = after;
    }

    Ending run() {
        try {
            return open().or(this::all).orElseGet(this::ended);
        } catch (IllegalArgumentException e) {
            return refused("Mistake", e.getMessage(), "", 0, 1);
        }
    }

    private Optional<Ending> open() {
        try {
            if (session.open() == SqlSession.Found.REOPENED) {
                witness.printed("err", "The server had closed " + session.name().words() + ", and an open transaction with it. This is a new one.\n");
            }
            return Optional.empty();
        } catch (SQLException e) {
            witness.shown(Failures.of(e, ""));
            return Optional.of(new Ending.Lost("There is no connection for " + session.name().words() + ": " + e.getMessage() + ". Reset the database."));
        }
    }

    private Optional<Ending> all() {
        var pieces = Piece.of(cell.source());
        var marks = Marks.of(cell.source(), pieces);
        Optional<String> name = Optional.empty();
        for (int i = 0; i < pieces.size(); i++) {
            if (session.turns().isStopped()) {
                return Optional.of(new Ending.Stopped());
            }
            name = marks.of(i).isPresent() ? marks.of(i) : name;
            var piece = pieces.get(i);
            try {
                name = statements.run(piece, name) ? Optional.empty() : name;
                after.accept(piece);
            } catch (SQLException e) {
                return Optional.of(failed(piece, e));
            } catch (Mistake e) {
                return Optional.of(refused("Mistake", e.getMessage(), piece.text(), e.position(), piece.line(cell.source(), e.position())));
            }
        }
        return Optional.empty();
    }

    private Ending failed(Piece piece, SQLException failure) {
        if (session.turns().isStopped() && "57014".equals(failure.getSQLState())) {
            return new Ending.Stopped();
        }
        var shown = statements.failure(piece, failure);
        witness.shown(shown);
        if (SqlSession.isLoss(failure)) {
            session.forget();
            return new Ending.Lost("The connection of " + session.name().words() + " is gone, and its open transaction with it."
                + " Run the cell again: it opens a new one.");
        }
        if (cell.sqlState().equals(failure.getSQLState())) {
            return asExpected(failure);
        }
        sayAborted();
        return new Ending.Failed(piece.line(cell.source(), shown.position() > 0 ? shown.position() - 1 : piece.firstWord()));
    }

    private Ending asExpected(SQLException failure) {
        witness.shown(new Output.Claim(claim(), failure.getSQLState()));
        try {
            if (session.name().isUsual()) {
                session.rollback(); // the next step must not find a failed transaction
            }
            return new Ending.Done();
        } catch (SQLException e) {
            witness.shown(Failures.of(e, "rollback"));
            return new Ending.Failed(0);
        }
    }

    private void sayAborted() {
        if (session.transaction() == Transaction.FAILED) {
            witness.printed("err", "The transaction of " + session.name().words() + " is aborted: PostgreSQL accepts only rollback in it now.\n");
        }
    }

    private Ending ended() {
        return cell.sqlState().isEmpty() ? new Ending.Done()
            : refused("LessonFailed", "the lesson claims: " + claim() + "; but it accepted every statement", "", 0, 0);
    }

    private String claim() {
        return "PostgreSQL refuses with SQLSTATE " + cell.sqlState();
    }

    private Ending refused(String kind, String sentence, String statement, int offset, int line) {
        witness.shown(new Output.Failure(kind, sentence, "", "", "", statement, statement.isEmpty() ? 0 : offset + 1));
        return new Ending.Failed(line);
    }
}

package kernel.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.Optional;
import kernel.cell.CellListener;
import kernel.cell.CellVariables;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.output.RoutineSources;
import kernel.sql.SessionState.Transaction;
import kernel.sql.syntax.BoundStatement;
import kernel.sql.syntax.PlanRequest;
import kernel.sql.syntax.StatementText;
import lesson.UnknownName;

/** Runs one statement of a cell on its session, and shows what it gives. */
final class StatementRun {
    private static final int ROWS_AT_ONCE = 64;
    private static final String CONFIGURATION_LIMIT_EXCEEDED = "53400";
    private final SqlSession session;
    private final CellVariables variables;
    private final KeptResults kept;
    private final CellListener listener;

    StatementRun(SqlSession session, CellVariables variables, KeptResults kept, CellListener listener) {
        this.session = session;
        this.variables = variables;
        this.kept = kept;
        this.listener = listener;
    }

    /** A statement is not sent, because of what stands in it. */
    static final class InvalidStatementException extends Exception {
        private final int offset;

        /** @param offset into the statement */
        InvalidStatementException(String sentence, int offset) {
            super(sentence);
            this.offset = offset;
        }

        int offset() {
            return offset;
        }
    }

    /**
     * @param name for Java, of the rows it may give
     * @return whether it gave rows
     */
    boolean run(StatementText statementText, Optional<String> name) throws SQLException, InvalidStatementException {
        var question = CatalogQuestion.of(statementText.bare());
        return question.isPresent() ? answer(question.get(), statementText, name) : send(statementText, name);
    }

    /** As it would be answered where "show tables" is SQL. */
    private boolean answer(CatalogQuestion question, StatementText statementText, Optional<String> name) throws SQLException, InvalidStatementException {
        try {
            return send(new StatementText(question.query(), statementText.start()), name);
        } catch (SQLException e) {
            if (question.isUnanswered(e)) {
                throw new InvalidStatementException(question.nothingFound(), statementText.firstWord());
            }
            throw e;
        }
    }

    private boolean send(StatementText statementText, Optional<String> name) throws SQLException, InvalidStatementException {
        refuseClientCommands(statementText);
        var request = PlanRequest.of(statementText.text());
        var fetched = beginFetching(statementText);
        try (var statement = statement(request)) {
            var gaveRows = session.lock().during(statement, running -> execute(running, statementText, request, name));
            endFetching(fetched);
            Notifications.shown(session.connection(), listener::shown);
            return gaveRows;
        } catch (SQLException | InvalidStatementException | RuntimeException e) {
            abandonFetching(fetched);
            throw e;
        }
    }

    private static void refuseClientCommands(StatementText statementText) throws InvalidStatementException {
        var command = statementText.clientCommand();
        if (command.isPresent()) {
            throw new InvalidStatementException("commands with a backslash are psql's own, for a shell cell; here are only statements of SQL", command.getAsInt());
        }
        if (StatementText.isCopyFromStdin(statementText.text()) || StatementText.isCopyToStdout(statementText.text())) {
            throw new InvalidStatementException("copy from stdin and to stdout sends rows beside the statements: use psql in a shell cell,"
                + " or the driver's CopyManager in a Java cell", statementText.firstWord());
        }
    }

    /**
     * Rows come in portions only within a transaction. The driver begins one for a statement that asks for rows outside of
     * any; it is over with the statement, as it would be without.
     *
     * @return whether there is one to be ended
     */
    private boolean beginFetching(StatementText statementText) throws SQLException {
        var isIdle = session.transaction() == Transaction.IDLE;
        var inPortions = !isIdle || statementText.asksForRows();
        session.connection().setAutoCommit(!inPortions);
        return isIdle && inPortions;
    }

    private void endFetching(boolean began) throws SQLException {
        if (began) {
            session.connection().commit();
            session.connection().setAutoCommit(true);
        }
    }

    private void abandonFetching(boolean began) throws SQLException {
        if (began && !session.connection().isClosed()) {
            session.connection().rollback();
            session.connection().setAutoCommit(true);
        }
    }

    private Statement statement(PlanRequest request) throws SQLException, InvalidStatementException {
        var bound = BoundStatement.of(request.sql());
        var statement = bound.variables().isEmpty() ? session.connection().createStatement() : prepared(bound, request);
        statement.setMaxRows(FetchedRows.MAX_ROWS + 1);
        statement.setFetchSize(ROWS_AT_ONCE);
        if (bound.variables().isEmpty()) {
            statement.setEscapeProcessing(false);
        }
        return statement;
    }

    private PreparedStatement prepared(BoundStatement bound, PlanRequest request) throws SQLException, InvalidStatementException {
        var statement = session.connection().prepareStatement(bound.sql());
        try {
            bind(statement, bound, request);
            return statement;
        } catch (SQLException | InvalidStatementException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, BoundStatement bound, PlanRequest request) throws SQLException, InvalidStatementException {
        var bindValues = new BindValues(variables);
        for (int i = 0; i < bound.variables().size(); i++) {
            var variable = bound.variables().get(i);
            try {
                statement.setObject(i + 1, bindValues.of(variable.name()));
            } catch (IllegalArgumentException | UnknownName | DateTimeException e) {
                throw new InvalidStatementException(e.getMessage(), request.written(variable.start()));
            }
        }
    }

    private boolean execute(Statement statement, StatementText statementText, PlanRequest request, Optional<String> name) throws SQLException {
        boolean isResult;
        var before = session.transaction();
        try (var notices = Notices.of(statement, listener)) {
            isResult = statement instanceof PreparedStatement prepared ? prepared.execute() : statement.execute(request.sql());
        }
        SqlRunner.each(statement, isResult, new ResultEmitter(statementText, before, name, variables, kept, listener));
        return isResult;
    }

    /** What PostgreSQL said, with its position in the statement as it was written. */
    Output.Failure failure(StatementText statementText, SQLException failure) {
        var request = PlanRequest.of(statementText.text());
        var said = Failures.of(failure, statementText.text());
        var sent = BoundStatement.of(request.sql()).written(said.position());
        var position = sent < 1 ? 0 : Math.min(statementText.text().length(), request.written(sent - 1) + 1);
        return RoutineSources.of(session.login()).told(new Output.Failure(said.kind(), said.message(), said.sqlState(), said.detail(), hint(said),
            statementText.text(), position, said.where()));
    }

    private static String hint(Output.Failure said) {
        return said.hint().isEmpty() && said.sqlState().equals(CONFIGURATION_LIMIT_EXCEEDED)
            ? "PostgreSQL writes to disk what a sort, a join or a function in from gives, before it hands out the first row; the course bounds that." : said.hint();
    }
}

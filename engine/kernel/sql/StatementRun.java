package kernel.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;
import kernel.cell.Witness;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.sql.SessionState.Transaction;
import kernel.sql.syntax.Piece;
import kernel.sql.syntax.PlanRequest;
import kernel.sql.syntax.Sent;
import kernel.sql.syntax.Tag;
import lesson.UnknownName;

/** Runs one statement of a cell on its session, and shows what it gives. */
final class StatementRun {
    private static final int ROWS_AT_ONCE = 64;
    private static final Pattern COPY = Pattern.compile("(?is)\\Acopy\\b[^']*\\b(from\\s+stdin|to\\s+stdout)\\b");
    private static final String TOO_MUCH_ON_DISK = "53400";
    private final SqlSession session;
    private final Variables variables;
    private final Given given;
    private final Witness witness;

    StatementRun(SqlSession session, Variables variables, Results results, KeptResults kept, Witness witness) {
        this.session = session;
        this.variables = variables;
        this.given = new Given(results, kept, witness);
        this.witness = witness;
    }

    /**
     * @param name for Java, of the rows it may give
     * @return whether it gave rows
     */
    boolean run(Piece piece, Optional<String> name) throws SQLException, Mistake {
        refuseWhatIsOfClients(piece);
        var request = PlanRequest.of(piece.text());
        var fetched = beginFetching(piece);
        try (var statement = statement(piece, Sent.of(request.sql()))) {
            var gaveRows = new boolean[1];
            session.turns().during(statement, running -> gaveRows[0] = execute(running, piece, request, name));
            endFetching(fetched);
            return gaveRows[0];
        } catch (SQLException | Mistake | RuntimeException e) {
            abandonFetching(fetched);
            throw e;
        }
    }

    private static void refuseWhatIsOfClients(Piece piece) throws Mistake {
        if (piece.bare().startsWith("\\")) {
            throw new Mistake("commands with a backslash are psql's own, for a shell cell; here are only statements of SQL", piece.firstWord());
        }
        if (COPY.matcher(piece.bare()).find()) {
            throw new Mistake("copy from stdin and to stdout sends rows beside the statements: use psql in a shell cell,"
                + " or the driver's CopyManager in a Java cell", piece.firstWord());
        }
    }

    /**
     * Rows come in portions only within a transaction. The driver begins one for a statement that asks for rows outside of
     * any; it is over with the statement, as it would be without.
     *
     * @return whether there is one to be ended
     */
    private boolean beginFetching(Piece piece) throws SQLException {
        var isIdle = session.transaction() == Transaction.IDLE;
        var inPortions = !isIdle || Tag.asksForRows(piece);
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

    private Statement statement(Piece piece, Sent sent) throws SQLException, Mistake {
        var statement = sent.names().isEmpty() ? session.connection().createStatement() : prepared(piece, sent);
        statement.setMaxRows(Reading.MOST_ROWS + 1);
        statement.setFetchSize(ROWS_AT_ONCE);
        if (sent.names().isEmpty()) {
            statement.setEscapeProcessing(false);
        }
        return statement;
    }

    private PreparedStatement prepared(Piece piece, Sent sent) throws SQLException, Mistake {
        var statement = session.connection().prepareStatement(sent.sql());
        try {
            bind(statement, piece, sent);
            return statement;
        } catch (SQLException | Mistake | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, Piece piece, Sent sent) throws SQLException, Mistake {
        var binds = new Binds(session.connection());
        for (int i = 0; i < sent.names().size(); i++) {
            var name = sent.names().get(i);
            try {
                statement.setObject(i + 1, binds.of(name, value(name)));
            } catch (IllegalArgumentException | UnknownName e) {
                throw new Mistake(e.getMessage(), Sent.placeOf(name, piece.text()));
            }
        }
    }

    private Object value(String name) {
        var names = variables.names();
        if (!names.contains(name)) {
            throw UnknownName.of("Java variable", name, names);
        }
        return variables.value(name).orElse(null);
    }

    private boolean execute(Statement statement, Piece piece, PlanRequest request, Optional<String> name) throws SQLException {
        boolean isResult;
        try (var notices = Notices.of(statement, witness)) {
            isResult = statement instanceof PreparedStatement prepared ? prepared.execute() : statement.execute(request.sql());
        }
        given.show(statement, isResult, piece, name);
        return isResult;
    }

    /** What PostgreSQL said, with its position in the statement as it was written. */
    Output.Failure failure(Piece piece, SQLException failure) {
        var request = PlanRequest.of(piece.text());
        var said = Failures.of(failure, piece.text());
        var sent = Sent.of(request.sql()).written(said.position());
        var position = sent < 1 ? 0 : Math.min(piece.text().length(), request.written(sent - 1) + 1);
        return new Output.Failure(said.kind(), said.message(), said.sqlState(), said.detail(), hint(said), piece.text(), position);
    }

    private static String hint(Output.Failure said) {
        return said.hint().isEmpty() && said.sqlState().equals(TOO_MUCH_ON_DISK)
            ? "PostgreSQL writes to disk what a sort, a join or a function in from gives, before it hands out the first row; the course bounds that." : said.hint();
    }
}

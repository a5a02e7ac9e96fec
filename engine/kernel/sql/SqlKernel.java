package kernel.sql;

import java.sql.SQLException;
import java.util.List;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.cell.CellVariables;
import kernel.cell.Completion;
import kernel.output.Output;
import kernel.output.RoutineSources;
import kernel.sql.completion.Catalog;
import kernel.sql.completion.SqlCompletion;
import kernel.sql.syntax.StatementText;
import lab.Database;
import lab.Role;

/**
 * Runs the SQL cells of one lesson. Each session, a name and a role, has its own connection and may run beside the others;
 * within one, cells run one after the other. Safe for use by several threads.
 *
 * <p>A cell without a session's name runs on its role's usual connection, which is as new for each cell unless a
 * transaction is open in it. Whoever wants settings and temporary tables to stay names a session.
 */
public final class SqlKernel implements AutoCloseable {
    private final Database database;
    private final CellVariables variables;
    private final Sessions sessions;
    private final KeptResults kept = new KeptResults();
    private final ActivityMonitor activityMonitor;
    private final Catalog catalog;
    private final SqlCompletion completion;

    /**
     * Connects to nothing yet; each session does when its first cell runs.
     *
     * @param variables what {@code {{name}}} stands for and {@code -- result: name} defines
     */
    public SqlKernel(Database database, CellVariables variables) {
        this.database = database;
        this.variables = variables;
        this.sessions = new Sessions(database);
        this.activityMonitor = new ActivityMonitor(database);
        this.catalog = new Catalog(database.admin());
        this.completion = new SqlCompletion(catalog, variables::names);
    }

    /** Runs a cell to its end, to its first failure, or until it is cancelled. */
    public CellResult run(Cell cell, CellListener listener) {
        var session = sessions.get(SessionName.of(cell));
        return session.lock().hold(() -> new SqlCellRun(cell, session, new StatementRun(session, variables, kept, listener), listener, this::succeeded).run());
    }

    /** Does before the first cell what would make it slow: connects, reads the names for completion, loads classes. */
    public void warmUp() {
        run(new Cell("", Cell.Language.SQL, "select 1", Role.APP, "", ""), new CellListener() {
            @Override public void shown(Output output) { }

            @Override public void printed(String stream, String text) { }
        });
        complete("select ", 7);
    }

    /** A failure of whoever else works on this database, with the lines of the routines that it was in. */
    public Output.Failure told(Output.Failure failure) {
        return RoutineSources.of(database.app()).told(failure);
    }

    private void succeeded(StatementText statement) {
        if (statement.mayChangeCatalog()) {
            catalog.forget();
        }
    }

    /** Asks the server to stop what the sessions of that name run; empty means the usual ones of the roles. Returns at once. */
    public void cancel(String session) {
        sessions.all().stream().filter(one -> one.name().session().equals(session)).forEach(one -> one.lock().cancel());
    }

    /** The same for one session. */
    public void cancel(String session, Role role) {
        sessions.all().stream().filter(one -> one.name().equals(new SessionName(session, role))).forEach(one -> one.lock().cancel());
    }

    /** Stops every cell, and whatever else runs on the lesson's databases: on connections of its Java cells, for example. */
    public void cancelAll() {
        sessions.all().forEach(one -> one.lock().cancel());
        new Backends(database).cancel();
    }

    /** The sessions that are connected, in the order in which they were first used. */
    public List<SessionState> sessions() {
        return sessions.all().stream().flatMap(session -> session.state().stream()).toList();
    }

    /**
     * Rows after those that were shown.
     *
     * @param resultId as {@link CellListener#kept} heard it
     * @throws IllegalArgumentException with a sentence, where they are not kept any more
     */
    public MoreRows more(String resultId, int offset) {
        return kept.more(resultId, offset);
    }

    /** What could stand at the cursor of the source; may be asked while cells run. */
    public Completion complete(String source, int cursor) {
        return completion.at(source, cursor);
    }

    /**
     * Who waits for whom in the lesson's databases now. Cheap enough to be asked several times a second.
     *
     * @throws SQLException where the server cannot be asked
     */
    public ActivitySnapshot watch() throws SQLException {
        return activityMonitor.snapshot();
    }

    /** Closes a session: its transaction is rolled back, its settings are gone. A cell that runs in it is stopped. */
    public void close(String session, Role role) {
        sessions.end(new SessionName(session, role));
    }

    @Override public void close() {
        sessions.endAll();
        activityMonitor.close();
    }
}

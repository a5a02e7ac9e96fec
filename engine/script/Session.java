package script;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.sql.SqlRunner;
import lab.Login;
import org.postgresql.PGConnection;

/**
 * One of several sessions of an experiment: locks, snapshots and isolation need two people. Statements run one after
 * the other; {@link #start} returns at once, so that another session can act while this one waits.
 */
public final class Session implements AutoCloseable {
    private static final int SECONDS = 20;
    private final String name;
    private final Connection connection;
    private final Login observer;
    private final List<Event> events = new ArrayList<>();
    private CompletableFuture<List<Output>> running = CompletableFuture.completedFuture(List.of());
    private volatile long waitingSince;
    private volatile List<Integer> blockers = List.of();

    /** @param observer a login that sees what every backend waits for */
    Session(String name, Login login, Login observer) throws SQLException {
        this.name = name;
        this.observer = observer;
        this.connection = login.connect(name);
    }

    /**
     * A statement in time. Nanoseconds of {@link System#nanoTime}; {@code waiting} is 0 where it did not wait.
     *
     * @param blockers the process ids of the sessions that it waited for
     */
    record Event(String sql, long from, long waiting, List<Integer> blockers, long to, String failure, boolean inTransaction) { }

    String name() {
        return name;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    /** The process id of this session's backend, as pg_stat_activity names it. */
    public int pid() {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements and waits for them, 20 seconds at most. What they give comes back; failures are thrown. */
    public List<Output> run(String sql) throws SQLException {
        return start(sql).await();
    }

    /** Runs statements like {@link #run}: the first value of the first row that they give, as text; "null" for NULL. */
    public String value(String sql) throws SQLException {
        var rows = run(sql).stream().filter(Output.Table.class::isInstance).map(Output.Table.class::cast)
            .flatMap(table -> table.rows().stream());
        return rows.findFirst().orElseThrow(() -> new LessonFailed("this gives a row: " + sql, "it gave none"))
            .getFirst().orElse("null");
    }

    /** Runs statements in the background. */
    public Session start(String sql) {
        if (!running.isDone()) {
            throw new IllegalStateException("session " + name + " still runs its last statement; await() it first");
        }
        waitingSince = 0;
        blockers = List.of();
        running = CompletableFuture.supplyAsync(() -> record(sql), Thread.ofVirtual()::start);
        return this;
    }

    /** Returns when PostgreSQL says that this session waits for a lock; fails after 20 seconds. */
    public Session awaitBlocked() throws Exception {
        Claims.await("session " + name + " waits for a lock", this::isBlocked);
        waitingSince = System.nanoTime();
        blockers = blockingPids();
        return this;
    }

    private List<Integer> blockingPids() throws SQLException {
        return blockers().rows().stream().flatMap(row -> row.getFirst().stream()).map(Integer::valueOf).toList();
    }

    /** Whether PostgreSQL says that this session waits for a lock now. */
    public boolean isBlocked() throws SQLException {
        return Queries.value(observer, Integer.class, "select cardinality(pg_blocking_pids(?))", pid()) > 0;
    }

    /** The process ids of the sessions that this one waits for. */
    public Output.Table blockers() throws SQLException {
        return Queries.table(observer, "select unnest(pg_blocking_pids(?)) as blocked_by", pid());
    }

    /** Waits for what {@link #start} started. */
    public List<Output> await() throws SQLException {
        try {
            return running.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failed failed ? failed.shown() : new SQLException(e.getCause());
        } catch (TimeoutException e) {
            throw new LessonFailed("session " + name + " ends its statement", "it still runs after " + SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while session " + name + " was running", e);
        }
    }

    /** Whether the statement that was started is over. */
    public boolean isDone() {
        return running.isDone();
    }

    private List<Output> record(String sql) {
        var from = System.nanoTime();
        var outputs = new ArrayList<Output>();
        try {
            SqlRunner.run(connection, sql, outputs::add);
            add(sql, from, "");
            return outputs;
        } catch (SQLException e) {
            add(sql, from, Failures.sqlState(e));
            throw new Failed(e, outputs);
        }
    }

    private void add(String sql, long from, String failure) {
        var open = connection instanceof org.postgresql.core.BaseConnection base
            && base.getTransactionState() != org.postgresql.core.TransactionState.IDLE;
        events.add(new Event(sql.strip(), from, waitingSince, blockers, System.nanoTime(), failure, open));
    }

    /** Carries an SQL failure out of a future, and what the server said before it. */
    private static final class Failed extends RuntimeException {
        private final List<Output> before;

        Failed(SQLException cause, List<Output> before) {
            super(cause);
            this.before = before.stream().filter(Output.Log.class::isInstance).toList();
        }

        SQLException shown() {
            before.forEach(notice -> LessonRun.current().show(notice));
            return (SQLException) getCause();
        }
    }

    @Override public void close() throws SQLException {
        if (!running.isDone()) {
            connection.unwrap(PGConnection.class).cancelQuery();
        }
        connection.close();
    }
}

package check;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lab.Database;
import lab.LabException;
import lab.SqlErrors;

/**
 * What autovacuum does when it likes, done all the time: a session that analyzes and vacuums one table after the other, but those
 * for which autovacuum is off. A claim of a lesson that fails beside it depended on a worker that did not come.
 */
final class VacuumLoop implements AutoCloseable {
    /** The name from the same snapshot: that of {@code oid::regclass} is a number where the table has gone meanwhile. */
    private static final String TABLES = """
        select c.oid, format('%I.%I', nspname, relname) from pg_class c join pg_namespace n on n.oid = relnamespace
        where relkind in ('r', 'm') and relpersistence <> 't' and nspname !~ '^pg_' and nspname <> 'information_schema'
          and not exists (select from pg_options_to_table(reloptions) where option_name = 'autovacuum_enabled' and not option_value::boolean)
        order by 2""";
    private static final String IS_THERE = "select from pg_class where oid = ";
    /** Of a table that was there a moment ago, or its schema. */
    private static final List<String> GONE = List.of("42P01", "3F000");
    /** PostgreSQL has no state of its own for "could not open relation with OID …" and "tuple concurrently deleted". */
    private static final String INTERNAL_ERROR = "XX000";
    private static final int TIMEOUT_SECONDS = 20;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Connection connection;
    private final FutureTask<Integer> rounds = new FutureTask<>(this::run);
    private volatile boolean over;

    /** Begins at once. */
    VacuumLoop(Database database) throws SQLException {
        connection = database.admin().connect("vacuum loop");
        Thread.startVirtualThread(rounds);
    }

    /** How often it came round before it was closed. */
    private int run() throws SQLException, InterruptedException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            int round = 0;
            for (; !over; round++) {
                for (var table : tables(statement)) {
                    tidy(statement, table);
                }
                Thread.sleep(PAUSE);
            }
            statement.execute("select"); // fails where it was ended in the last pause
            return round;
        }
    }

    private record Table(long oid, String name) { }

    private static List<Table> tables(Statement statement) throws SQLException {
        var tables = new ArrayList<Table>();
        try (var rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new Table(rows.getLong(1), rows.getString(2)));
            }
        }
        return tables;
    }

    /** As autovacuum, it does not wait for a table that somebody has locked. */
    private static void tidy(Statement statement, Table table) throws SQLException {
        try {
            statement.execute("analyze (skip_locked) " + table.name());
            statement.execute("vacuum (skip_locked) " + table.name());
        } catch (SQLException e) {
            if (!GONE.contains(e.getSQLState()) && !(INTERNAL_ERROR.equals(e.getSQLState()) && isGone(statement, table))) {
                throw e;
            }
        }
    }

    /** One that was dropped and made again has another oid. */
    private static boolean isGone(Statement statement, Table table) throws SQLException {
        try (var found = statement.executeQuery(IS_THERE + table.oid())) {
            return !found.next();
        }
    }

    /** @throws LabException where it ended before, or never came round: then nothing was shown */
    @Override public void close() throws SQLException, InterruptedException {
        over = true;
        try (connection) {
            if (rounds.get(TIMEOUT_SECONDS, TimeUnit.SECONDS) == 0) {
                throw new LabException("the session that vacuums beside the lesson never came round");
            }
        } catch (ExecutionException e) {
            throw new LabException("the session that vacuums beside the lesson ended: "
                + (e.getCause() instanceof SQLException sql ? SqlErrors.describe(sql) : e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new LabException("the session that vacuums beside the lesson does not end", e);
        }
    }
}

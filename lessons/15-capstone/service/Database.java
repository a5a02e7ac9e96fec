import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A pool, and the transactions of one tenant in it. */
final class Database implements AutoCloseable {
    private static final int TRIES = 5;
    private static final Set<String> AGAIN = Set.of("40001", "40P01", "57P01", "57P02", "57P03");
    private final HikariDataSource pool;
    private final Counters counters;

    /** Work in a transaction. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** A result, and how far the WAL was when it had been committed. */
    record Written<T>(T result, String lsn) { }

    private Database(HikariDataSource pool, Counters counters) {
        this.pool = pool;
        this.counters = counters;
    }

    // tag::pools[]
    static Database primary(Settings settings, Counters counters) {
        return new Database(new HikariDataSource(config(settings, settings.jdbcUrl(), "primary", Duration.ofSeconds(2))), counters);
    }

    static Database standby(Settings settings, String url, Counters counters) {
        var config = config(settings, url, "any", Duration.ofMillis(250)); // there is another server to ask
        config.setReadOnly(true);
        config.setAutoCommit(true);                    // each query is a transaction
        return new Database(new HikariDataSource(config), counters);
    }

    private static HikariConfig config(Settings settings, String url, String server, Duration patience) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(settings.appUser());
        config.setPassword(settings.appPassword());
        config.setMaximumPoolSize(settings.poolSize());
        config.setAutoCommit(false);                   // what is not committed is rolled back when it returns
        config.setConnectionTimeout(patience.toMillis());
        config.setValidationTimeout(250);
        config.setInitializationFailTimeout(-1);       // a server that is away now may come
        config.addDataSourceProperty("targetServerType", server);
        config.addDataSourceProperty("hostRecheckSeconds", "1");
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "10");
        config.addDataSourceProperty("ApplicationName", "billing");
        config.addDataSourceProperty("options", "-c statement_timeout=5s -c lock_timeout=1s"
            + " -c idle_in_transaction_session_timeout=5s");
        return config;
    }
    // end::pools[]

    // tag::transaction[]
    /** Says who asks, does the work, and commits. */
    private static <T> T inTransaction(Connection connection, UUID tenant, Work<T> work) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('billing.tenant', ?, true)")) {
            set.setString(1, tenant.toString());
            set.execute();
        }
        var result = work.in(connection);
        connection.commit();
        return result;
    }
    // end::transaction[]

    // tag::again[]
    /** Work that may be done again, because its key says whether it was done: also when the answer to a commit was lost. */
    <T> Written<T> write(UUID tenant, Work<T> work) throws SQLException {
        return again(connection -> new Written<>(inTransaction(connection, tenant, work), lsn(connection)));
    }

    /** Reading again is always harmless. */
    <T> T read(UUID tenant, Query<T> query) throws SQLException {
        return again(connection -> query.of(connection, tenant));
    }

    /** Not tried again: there is another server to ask. */
    <T> T once(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            return work.in(connection);
        }
    }

    private <T> T again(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (var connection = pool.getConnection()) {
                return work.in(connection);
            } catch (SQLException e) {
                if (attempt == TRIES || !mayHelpAgain(e)) {
                    throw e;
                }
                counters.add("billing_retries_total{sqlstate=\"" + e.getSQLState() + "\"}");
                pause(attempt);
            }
        }
    }

    private static boolean mayHelpAgain(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return !(e instanceof SQLTransientConnectionException)   // the pool has waited long enough
            && (AGAIN.contains(state) || state.startsWith("08"));
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(10, 20) << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
    // end::again[]

    private static String lsn(Connection connection) throws SQLException {
        return text(connection, "select pg_current_wal_lsn()");
    }

    /** The text that a query gives. */
    static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** What a query of nobody's rows gives. */
    String text(String sql) throws SQLException {
        return once(connection -> text(connection, sql));
    }

    /** In the format of Prometheus. */
    String metrics(String name) {
        var state = pool.getHikariPoolMXBean();
        return "billing_pool_active{pool=\"%1$s\"} %2$d\nbilling_pool_idle{pool=\"%1$s\"} %3$d\nbilling_pool_pending{pool=\"%1$s\"} %4$d\n"
            .formatted(name, state.getActiveConnections(), state.getIdleConnections(), state.getThreadsAwaitingConnection());
    }

    @Override public void close() {
        pool.close();
    }
}

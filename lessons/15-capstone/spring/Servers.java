import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.env.Environment;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** The primary, and perhaps a standby; what is tried again, and who reads where. */
class Servers implements DisposableBean {
    private static final Set<String> AGAIN = Set.of("40001", "40P01", "57P01", "57P02", "57P03");
    private static final long AVOIDED = Duration.ofSeconds(1).toNanos();
    private final Server primary;
    private final Optional<HikariDataSource> standbyPool;
    private final Optional<Server> standby;
    private final MeterRegistry meters;
    private volatile long avoidedUntil = System.nanoTime();

    Servers(HikariDataSource pool, Environment environment, MeterRegistry meters) {
        this.meters = meters;
        primary = Server.of(pool);
        standbyPool = Optional.ofNullable(environment.getProperty("READ_JDBC_URL")).filter(url -> !url.isBlank()).map(url -> reading(pool, url));
        standby = standbyPool.map(Server::of);
        standby.ifPresent(server -> Gauge.builder("billing.standby.lag.bytes", server, this::lag).register(meters));
    }

    /** Lesson 13: a pool of its own, with little patience: there is another server to ask. */
    private HikariDataSource reading(HikariDataSource like, String url) {
        var config = new HikariConfig();               // copyStateTo would have both pools share their properties
        config.setUsername(like.getUsername());
        config.setPassword(like.getPassword());
        config.setMaximumPoolSize(like.getMaximumPoolSize());
        config.setValidationTimeout(like.getValidationTimeout());
        config.setDataSourceProperties(like.getDataSourceProperties());
        config.addDataSourceProperty("targetServerType", "any");
        config.setPoolName("standby");
        config.setJdbcUrl(url);
        config.setReadOnly(true);
        config.setConnectionTimeout(250);
        config.setInitializationFailTimeout(-1);
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        return new HikariDataSource(config);
    }

    Server primary() {
        return primary;
    }

    // tag::again[]
    private final RetryTemplate retry = new RetryTemplate(RetryPolicy.builder().maxRetries(4)
        .delay(Duration.ofMillis(20)).multiplier(2).jitter(Duration.ofMillis(10)).predicate(this::mayHelpAgain).build());

    /** Lessons 01 and 08: only what may succeed next time, and is harmless: it reads, or has a key. */
    <T> T again(Supplier<T> work) {
        try {
            return retry.execute(work::get);
        } catch (RetryException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure
                : new IllegalStateException(e.getCause());
        }
    }

    private boolean mayHelpAgain(Throwable failure) {
        var state = Server.sqlState(failure);
        var may = AGAIN.contains(state) || state.startsWith("08");
        if (may) {
            meters.counter("billing.retries", "sqlstate", state).increment();
        }
        return may;
    }
    // end::again[]

    // tag::read[]
    /** Lesson 13: on the standby where it has come as far as this client's last write, else on the primary. */
    <T> T read(UUID tenant, Optional<String> writtenAt, Function<JdbcClient, T> work) {
        if (standby.isPresent() && System.nanoTime() - avoidedUntil >= 0) {
            try {
                if (writtenAt.isEmpty() || hasReplayed(standby.get().jdbc(), writtenAt.get())) {
                    meters.counter("billing.reads", "server", "standby").increment();
                    return standby.get().as(tenant, work);
                }
            } catch (DataAccessException | TransactionException e) {
                avoidedUntil = System.nanoTime() + AVOIDED;
                meters.counter("billing.standby.failures").increment();
            }
        }
        meters.counter("billing.reads", "server", "primary").increment();
        return again(() -> primary.as(tenant, work));
    }

    private static boolean hasReplayed(JdbcClient standby, String lsn) {
        for (int i = 0; i < 10; i++) {                 // some 50 ms
            if (standby.sql("select not pg_is_in_recovery() or pg_last_wal_replay_lsn() >= ?::pg_lsn").param(lsn)
                    .query(Boolean.class).single()) {
                return true;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
        return false;
    }
    // end::read[]

    private double lag(Server server) {
        try {
            var written = primary.jdbc().sql("select pg_current_wal_lsn()::text").query(String.class).single();
            return server.jdbc().sql("select case when pg_is_in_recovery() then greatest(0, pg_wal_lsn_diff(?::pg_lsn, pg_last_wal_replay_lsn())) else 0 end")
                .param(written).query(Double.class).single();
        } catch (DataAccessException e) {
            return Double.NaN;                         // not known is not 0
        }
    }

    @Override public void destroy() {
        standbyPool.ifPresent(HikariDataSource::close);
    }
}

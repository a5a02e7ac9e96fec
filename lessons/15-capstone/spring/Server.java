import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** A pool, and what Spring makes of it. */
record Server(DataSource pool, JdbcClient jdbc, TransactionTemplate transaction) {
    static Server of(DataSource pool) {
        return new Server(pool, JdbcClient.create(pool), new TransactionTemplate(new JdbcTransactionManager(pool)));
    }

    // tag::tenant[]
    /** Lesson 11: who asks is said for one transaction, and the policies do the rest. */
    <T> T as(UUID tenant, Function<JdbcClient, T> work) {
        return transaction.execute(_ -> {
            jdbc.sql("select set_config('billing.tenant', ?, true)").param(tenant.toString())
                .query(String.class).single();
            return work.apply(jdbc);
        });
    }
    // end::tenant[]

    // tag::state[]
    /** What PostgreSQL said first, wherever Spring has wrapped it. */
    static String sqlState(Throwable failure) {
        if (failure instanceof TransactionSystemException e && e.getApplicationException() != null) {
            return sqlState(e.getApplicationException()); // its rollback failed as well
        }
        return failure instanceof SQLException sql ? String.valueOf(sql.getSQLState())
            : Optional.ofNullable(failure.getCause()).map(Server::sqlState).orElse("");
    }
    // end::state[]
}

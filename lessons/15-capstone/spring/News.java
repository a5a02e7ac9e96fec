import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Listens to what all instances write. Spring has no word for it, so this is pgjdbc, on a connection that no pool hands to others. */
class News implements DisposableBean {
    private final HikariDataSource pool;
    private final Summaries summaries;
    private final Outbox outbox;
    private volatile boolean closed;

    News(HikariDataSource pool, Summaries summaries, Outbox outbox) {
        this.pool = pool;
        this.summaries = summaries;
        this.outbox = outbox;
    }

    // tag::listen[]
    @EventListener(ApplicationReadyEvent.class) void start() {
        Thread.ofVirtual().start(() -> {
            while (!closed) {
                try (var connection = connect(); var statement = connection.createStatement()) {
                    statement.execute("listen billing");
                    summaries.allStale();              // nobody listened until now
                    outbox.wake();
                    while (!closed) {
                        for (var news : connection.unwrap(PGConnection.class).getNotifications(1000)) {
                            summaries.stale(UUID.fromString(news.getParameter()));
                            outbox.wake();
                        }
                        statement.execute("select 1"); // a dead server says nothing
                    }
                } catch (SQLException e) {
                    java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                }
            }
        });
    }
    // end::listen[]

    private Connection connect() throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(pool.getJdbcUrl());
        source.setProperty("targetServerType", "primary");
        source.setProperty("hostRecheckSeconds", "1");
        source.setApplicationName("billing-news");
        source.setConnectTimeout(2);
        source.setSocketTimeout(10);
        return source.getConnection(pool.getUsername(), pool.getPassword());
    }

    @Override public void destroy() {
        closed = true;
    }
}

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.postgresql.PGConnection;

/** Listens to what all instances write, on a connection of its own. */
final class News implements Runnable {
    private final Settings settings;
    private final Summaries summaries;
    private final Runnable wakePublisher;

    News(Settings settings, Summaries summaries, Runnable wakePublisher) {
        this.settings = settings;
        this.summaries = summaries;
        this.wakePublisher = wakePublisher;
    }

    // tag::listen[]
    @Override public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (var connection = Outbox.connect(settings, "billing-news"); var statement = connection.createStatement()) {
                statement.execute("listen billing");
                summaries.allStale();                  // nobody listened until now
                wakePublisher.run();
                while (!Thread.currentThread().isInterrupted()) {
                    for (var news : connection.unwrap(PGConnection.class).getNotifications(1000)) {
                        summaries.stale(UUID.fromString(news.getParameter()));
                        wakePublisher.run();
                    }
                    statement.execute("select 1");     // a dead server sends nothing, and says nothing
                }
            } catch (SQLException e) {
                Service.rest(Duration.ofMillis(200));
            }
        }
    }
    // end::listen[]
}

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells others what has happened, at least once, whoever dies meanwhile (lesson 09). One thread, one connection of its own. */
final class Outbox implements Runnable {
    // tag::take[]
    /** The first event of an invoice that nobody else is telling; later ones of the same invoice wait for it. */
    private static final String TAKE = """
        select id, tenant, type, payload::text from billing.outbox o
        where told_at is null and not exists (
          select from billing.outbox e where e.invoice = o.invoice and e.told_at is null and e.id < o.id)
        order by id limit 20 for update skip locked""";
    // end::take[]
    private final Settings settings;
    private final URI receiver;
    private final Counters counters;
    private final Semaphore news = new Semaphore(1);
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    Outbox(Settings settings, URI receiver, Counters counters) {
        this.settings = settings;
        this.receiver = receiver;
        this.counters = counters;
    }

    /** In the transaction of what it tells. */
    static void add(Connection connection, UUID invoice, String type, BigDecimal amount) throws SQLException {
        try (var insert = connection.prepareStatement("insert into billing.outbox (invoice, type, payload) "
                + "values (?, ?, jsonb_build_object('invoice', ?::text, 'amount', ?::text))")) {
            insert.setObject(1, invoice);
            insert.setString(2, type);
            insert.setString(3, invoice.toString());
            insert.setString(4, amount.toPlainString());
            insert.executeUpdate();
        }
    }

    /** There may be something to tell. */
    void wake() {
        news.release();
    }

    /** Until it is interrupted. */
    @Override public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (var connection = connect(settings, "billing-outbox")) {
                connection.setAutoCommit(false);
                while (true) {
                    while (tell(connection) > 0) { }
                    news.tryAcquire(1, TimeUnit.SECONDS);  // a notification may be lost, a row is not
                    news.drainPermits();
                }
            } catch (SQLException | IOException e) {
                counters.add("billing_outbox_failures_total");
                Service.rest(Duration.ofMillis(200));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    // tag::tell[]
    /** Who dies between the post and the commit has told it, and another one tells it again: at least once. */
    private int tell(Connection connection) throws SQLException, IOException, InterruptedException {
        try (var take = connection.prepareStatement(TAKE); var events = take.executeQuery();
             var mark = connection.prepareStatement("update billing.outbox set told_at = clock_timestamp() where id = ?")) {
            int told = 0;
            for (; events.next(); told++) {
                post("{\"id\": %s, \"tenant\": \"%s\", \"type\": \"%s\", \"payload\": %s}".formatted(events.getString(1),
                    events.getString(2), events.getString(3), events.getString(4)));
                mark.setLong(1, events.getLong(1));
                mark.executeUpdate();
                counters.add("billing_events_told_total");
            }
            return told;
        } finally {
            connection.commit();                       // also what was told before one failed
        }
    }
    // end::tell[]

    private void post(String event) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(receiver).timeout(Duration.ofSeconds(2)).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event)).build();
        var status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException("the receiver answered " + status);
        }
    }

    /** A connection that no pool hands to others: to the primary, wherever that is now. */
    static Connection connect(Settings settings, String name) throws SQLException {
        var properties = new Properties();
        properties.putAll(java.util.Map.of("user", settings.appUser(), "password", settings.appPassword(), "ApplicationName", name,
            "targetServerType", "primary", "hostRecheckSeconds", "1", "connectTimeout", "2", "socketTimeout", "10", "tcpKeepAlive", "true"));
        return DriverManager.getConnection(settings.jdbcUrl(), properties);
    }
}

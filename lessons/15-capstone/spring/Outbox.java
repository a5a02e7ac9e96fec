import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** Tells others what has happened, at least once, whoever dies meanwhile (lesson 09). */
class Outbox implements DisposableBean {
    private final Semaphore news = new Semaphore(1);
    private final Servers servers;
    private final MeterRegistry meters;
    private final String receiver;
    private final RestClient http;
    private volatile boolean closed;

    Outbox(Servers servers, Environment environment, MeterRegistry meters) {
        this.servers = servers;
        this.meters = meters;
        receiver = environment.getProperty("EVENTS_URL", "");
        var requests = new JdkClientHttpRequestFactory();
        requests.setReadTimeout(Duration.ofSeconds(2));
        http = RestClient.builder().requestFactory(requests).build();
    }

    // tag::add[]
    /** In the transaction of what it tells; a listener for after the commit would tell later, or never. */
    static void add(JdbcClient jdbc, UUID invoice, String type, String amount) {
        jdbc.sql("insert into billing.outbox (invoice, type, payload) "
            + "values (?, ?, jsonb_build_object('invoice', ?::text, 'amount', ?::text))")
            .params(invoice, type, invoice.toString(), amount).update();
    }
    // end::add[]

    void wake() {
        news.release();
    }

    @EventListener(ApplicationReadyEvent.class) void start() {
        if (!receiver.isBlank()) {
            Thread.ofVirtual().start(this::run);
        }
    }

    private void run() {
        while (!closed) {
            try {
                while (servers.primary().transaction().execute(_ -> tellOne())) { }
                news.tryAcquire(1, TimeUnit.SECONDS);  // a notification may be lost, a row is not
                news.drainPermits();
            } catch (RuntimeException e) {             // it is told again
                meters.counter("billing.outbox.failures").increment();
                java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    // tag::tell[]
    /** The first event of an invoice that nobody else is telling; later ones of the same invoice wait for it. */
    private boolean tellOne() {
        var jdbc = servers.primary().jdbc();
        var found = jdbc.sql("""
            select id, json_build_object('id', id, 'tenant', tenant, 'type', type, 'payload', payload)::text as event
            from billing.outbox o
            where told_at is null and not exists (
              select from billing.outbox e where e.invoice = o.invoice and e.told_at is null and e.id < o.id)
            order by id limit 1 for update skip locked""").query().listOfRows();
        for (var row : found) {
            http.post().uri(receiver).contentType(MediaType.APPLICATION_JSON).body(row.get("event")).retrieve().toBodilessEntity();
            jdbc.sql("update billing.outbox set told_at = clock_timestamp() where id = ?").param(row.get("id")).update();
            meters.counter("billing.events.told").increment();
        }
        return !found.isEmpty();
    }
    // end::tell[]

    @Override public void destroy() {
        closed = true;
    }
}

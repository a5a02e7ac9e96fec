import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;

/** What a tenant's customers owe, kept for a moment. */
class Summaries {
    private final Servers servers;
    private final MeterRegistry meters;

    record Summary(String open, long invoices) { }

    Summaries(Servers servers, MeterRegistry meters) {
        this.servers = servers;
        this.meters = meters;
    }

    // tag::single-flight[]
    /** Lesson 09: with {@code sync}, whoever asks while somebody loads waits for that. On the primary, as a standby may be late. */
    @Cacheable(cacheNames = "summaries", sync = true)
    public Summary of(UUID tenant) {
        meters.counter("billing.summary.queries").increment();
        return servers.again(() -> servers.primary().as(tenant, jdbc ->
            jdbc.sql("select coalesce(sum(amount - paid), 0)::text as open, count(*) as invoices "
                + "from billing.invoices").query(Summary.class).single()));
    }

    @CacheEvict("summaries")
    public void stale(UUID tenant) { }

    @CacheEvict(cacheNames = "summaries", allEntries = true)
    public void allStale() { }
    // end::single-flight[]
}

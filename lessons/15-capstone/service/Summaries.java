import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a tenant's customers owe, kept for a moment. Many who ask at once cause one query (lesson 09). */
final class Summaries {
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Query<Map<String, Object>> SUM = new Query<>(
        "select coalesce(sum(amount - paid), 0)::text, count(*) from billing.invoices", List.of(), row -> {
            row.next();
            return Map.of("open", row.getString(1), "invoices", row.getLong(2));
        });
    /** On the primary: a standby that is told "it has changed" may not have the change yet. */
    private final Database primary;
    private final Counters counters;
    private final Map<UUID, Flight> flights = new ConcurrentHashMap<>();

    private record Flight(CompletableFuture<Map<String, Object>> result, long begun) {
        boolean isOld() {
            return System.nanoTime() - begun > MOMENT.toNanos();
        }
    }

    Summaries(Database primary, Counters counters) {
        this.primary = primary;
        this.counters = counters;
    }

    // tag::single-flight[]
    Map<String, Object> of(UUID tenant) throws SQLException, InterruptedException {
        var mine = new Flight(new CompletableFuture<>(), System.nanoTime());
        var flight = flights.compute(tenant, (_, there) -> there == null || there.isOld() ? mine : there);
        if (flight == mine) {
            load(tenant, mine);                        // everybody else waits for this one
        }
        try {
            return flight.result().get(7, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e.getCause());
        } catch (TimeoutException e) {
            throw new SQLException("the summary took too long", "57014", e);
        }
    }

    private void load(UUID tenant, Flight flight) {
        try {
            counters.add("billing_summary_queries_total");
            flight.result().complete(primary.read(tenant, SUM));
        } catch (SQLException | RuntimeException e) {
            flights.remove(tenant, flight);            // a failure is not kept
            flight.result().completeExceptionally(e);
        }
    }

    /** What is in flight may have been read before the change, so it goes too. */
    void stale(UUID tenant) {
        flights.remove(tenant);
    }
    // end::single-flight[]

    /** Somebody did not listen for a while. */
    void allStale() {
        flights.clear();
    }
}

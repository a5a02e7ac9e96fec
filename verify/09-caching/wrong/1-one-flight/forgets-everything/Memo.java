import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private final Function<K, Optional<V>> loader;
    /** The loads: those that are running, and those that gave something. */
    private final ConcurrentMap<K, CompletableFuture<Optional<V>>> flights = new ConcurrentHashMap<>();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        var mine = new CompletableFuture<Optional<V>>();
        var flight = flights.putIfAbsent(key, mine); // one step decides who loads
        return flight == null ? load(key, mine) : arrived(flight);
    }

    private Optional<V> load(K key, CompletableFuture<Optional<V>> mine) {
        try {
            var value = loader.apply(key);
            if (value.isEmpty()) {
                flights.remove(key, mine); // mine and no other: somebody may have said forget, and another flight is up
            }
            mine.complete(value);
            return value;
        } catch (Throwable e) {
            flights.remove(key, mine);
            mine.completeExceptionally(e); // or whoever waits, waits for ever; so an Error counts, too
            throw e;
        }
    }

    private Optional<V> arrived(CompletableFuture<Optional<V>> flight) {
        try {
            return flight.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the load that this thread waited for has failed", e.getCause());
        }
    }

    /** The value has changed: the next one who asks loads it again. A flight that is up lands, and is not remembered. */
    void forget(K key) {
        flights.clear();
    }
}

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Flights and values in two maps: a flight that lands late stores what forget has taken away. */
final class Memo<K, V> {
    private final Function<K, Optional<V>> loader;
    private final Map<K, V> known = new ConcurrentHashMap<>();
    private final Map<K, CompletableFuture<Optional<V>>> flights = new ConcurrentHashMap<>();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    Optional<V> get(K key) {
        if (known.containsKey(key)) {
            return Optional.of(known.get(key));
        }
        var mine = new CompletableFuture<Optional<V>>();
        var flight = flights.putIfAbsent(key, mine);
        if (flight != null) {
            try {
                return flight.join();
            } catch (CompletionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        try {
            var value = loader.apply(key);
            value.ifPresent(v -> known.put(key, v));
            mine.complete(value);
            return value;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(key, mine);
        }
    }

    void forget(K key) {
        known.remove(key);
        flights.remove(key);
    }
}

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private final Function<K, Optional<V>> loader;
    private final ConcurrentMap<K, Optional<V>> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<K, CompletableFuture<Optional<V>>> flights = new ConcurrentHashMap<>();
    /** Counts what was forgotten: a load that began before is too old to be remembered. */
    private final AtomicLong forgotten = new AtomicLong();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        var value = known.get(key);
        if (value != null) {
            return value;
        }
        var mine = new CompletableFuture<Optional<V>>();
        var theirs = flights.putIfAbsent(key, mine);
        if (theirs != null) {
            return theirs.join();
        }
        try {
            value = known.get(key); // somebody may have landed in between
            if (value == null) {
                value = load(key);
            }
            flights.remove(key, mine);
            mine.complete(value);
            return value;
        } catch (Throwable failure) {
            flights.remove(key, mine);
            mine.completeExceptionally(failure);
            throw failure;
        }
    }

    private Optional<V> load(K key) {
        long before = forgotten.get();
        var value = loader.apply(key);
        if (value.isPresent()) {
            known.compute(key, (k, old) -> forgotten.get() == before ? value : old);
        }
        return value;
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        forgotten.incrementAndGet();
        flights.remove(key);
        known.compute(key, (k, old) -> null);
    }
}

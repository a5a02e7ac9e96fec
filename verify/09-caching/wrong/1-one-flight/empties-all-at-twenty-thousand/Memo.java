import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private static final int MOST = 20_000;

    private final Function<K, Optional<V>> loader;
    private final Map<K, CompletableFuture<Optional<V>>> known = new ConcurrentHashMap<>();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        if (known.size() >= MOST && !known.containsKey(key)) {
            known.clear(); // rare, and cheaper than to keep account of who was used when
        }
        var mine = new CompletableFuture<Optional<V>>();
        var first = known.putIfAbsent(key, mine);
        return first != null ? first.join() : load(key, mine);
    }

    private Optional<V> load(K key, CompletableFuture<Optional<V>> future) {
        try {
            var value = loader.apply(key);
            if (value.isEmpty()) {
                known.remove(key, future);
            }
            future.complete(value);
            return value;
        } catch (Throwable failure) {
            known.remove(key, future);
            future.completeExceptionally(failure);
            throw failure;
        }
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        known.remove(key);
    }
}

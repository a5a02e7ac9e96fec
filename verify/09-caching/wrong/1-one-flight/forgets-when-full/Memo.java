import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private static final int MOST = 5_000;

    private final Function<K, Optional<V>> loader;
    private final ConcurrentMap<K, CompletableFuture<Optional<V>>> known = new ConcurrentHashMap<>();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        if (known.size() >= MOST) {
            // Better to load again than to run out of memory.
            known.values().removeIf(CompletableFuture::isDone);
        }
        var mine = new CompletableFuture<Optional<V>>();
        var other = known.putIfAbsent(key, mine);
        if (other != null) {
            return other.join();
        }
        try {
            var value = loader.apply(key);
            if (value.isEmpty()) {
                known.remove(key, mine);
            }
            mine.complete(value);
            return value;
        } catch (Throwable failure) {
            known.remove(key, mine);
            mine.completeExceptionally(failure);
            throw failure;
        }
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        known.remove(key);
    }
}

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private final Function<K, Optional<V>> loader;
    /** Weak, so that it can't fill the memory; the lock is held for a look-up only, never for a load. */
    private final Map<K, CompletableFuture<Optional<V>>> known = Collections.synchronizedMap(new WeakHashMap<>());

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        var mine = new CompletableFuture<Optional<V>>();
        var first = known.putIfAbsent(key, mine);
        if (first != null) {
            return first.join();
        }
        try {
            var value = loader.apply(key);
            if (value.isEmpty()) {
                known.remove(key, mine);
            }
            mine.complete(value);
            return value;
        } catch (Throwable e) {
            known.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        } finally {
            java.lang.ref.Reference.reachabilityFence(key); // its entry stays while it is being loaded
        }
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        known.remove(key);
    }
}

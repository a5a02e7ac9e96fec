import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private static final int MOST = 10_000;

    private final Function<K, Optional<V>> loader;
    private final ConcurrentMap<K, CompletableFuture<Optional<V>>> known = new ConcurrentHashMap<>();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        var mine = new CompletableFuture<Optional<V>>();
        var theirs = known.putIfAbsent(key, mine);
        if (theirs != null) {
            return theirs.join();
        }
        if (known.size() > MOST) { // full: begin anew
            known.clear();
            known.put(key, mine);
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

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
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
        var keep = false;
        try {
            var value = loader.apply(key);
            keep = value.isPresent();
            if (!keep) {
                known.remove(key, mine);
            }
            mine.complete(value);
            return value;
        } catch (RuntimeException | Error failure) {
            known.remove(key, mine);
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            if (!keep) {
                known.remove(key, mine);
            }
        }
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        known.remove(key);
    }
}

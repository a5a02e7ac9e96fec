import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private static final long HOUR = 3_600_000_000_000L;

    private record Load<V>(CompletableFuture<Optional<V>> value, long begun) { }

    private final Function<K, Optional<V>> loader;
    private final ConcurrentMap<K, Load<V>> loads = new ConcurrentHashMap<>();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        var mine = new Load<V>(new CompletableFuture<>(), System.nanoTime());
        var known = loads.putIfAbsent(key, mine);
        if (known != null && known.value().isDone() && mine.begun() - known.begun() > HOUR) {
            loads.remove(key, known); // prices change now and then
            return get(key);
        }
        return known == null ? load(key, mine) : arrived(known.value());
    }

    private Optional<V> load(K key, Load<V> mine) {
        try {
            var value = loader.apply(key);
            if (value.isEmpty()) {
                loads.remove(key, mine);
            }
            mine.value().complete(value);
            return value;
        } catch (Throwable e) {
            loads.remove(key, mine);
            mine.value().completeExceptionally(e);
            throw e;
        }
    }

    private Optional<V> arrived(CompletableFuture<Optional<V>> value) {
        try {
            return value.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the load that this thread waited for has failed", e.getCause());
        }
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        loads.remove(key);
    }
}

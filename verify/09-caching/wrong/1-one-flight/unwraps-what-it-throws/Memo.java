import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
        var other = known.putIfAbsent(key, mine);
        if (other != null) {
            return outcome(other);
        }
        try {
            var value = loader.apply(key);
            if (value.isEmpty()) {
                known.remove(key, mine);
            }
            mine.complete(value);
        } catch (Throwable failure) {
            known.remove(key, mine);
            mine.completeExceptionally(failure);
        }
        return outcome(mine);
    }

    /** The value, or what the loader has thrown, for whoever waits as for whoever has loaded. */
    private static <T> T outcome(CompletableFuture<T> flight) {
        try {
            return flight.join();
        } catch (CompletionException e) {
            throw Memo.<RuntimeException>unchanged(e.getCause() == null ? e : e.getCause());
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchanged(Throwable e) throws E {
        throw (E) e;
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        known.remove(key);
    }
}

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Caffeine's cache of futures: it keeps neither a failure nor null. */
final class Memo<K, V> {
    private final Function<K, Optional<V>> loader;
    private final AsyncCache<K, V> known = Caffeine.newBuilder().maximumSize(10_000).buildAsync();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    Optional<V> get(K key) {
        var mine = new CompletableFuture<V>();
        var flight = known.asMap().putIfAbsent(key, mine);
        if (flight != null) {
            return Optional.ofNullable(flight.join());
        }
        try {
            var value = loader.apply(key);
            mine.complete(value.orElse(null));
            return value;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    void forget(K key) {
        known.synchronous().invalidate(key);
        known.asMap().remove(key);
    }
}

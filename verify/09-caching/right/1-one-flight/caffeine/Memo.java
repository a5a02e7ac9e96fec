import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.function.Function;

/** Caffeine has the single flight, and stores neither a failure nor null. */
final class Memo<K, V> {
    private final Function<K, Optional<V>> loader;
    private final Cache<K, V> known = Caffeine.newBuilder().maximumSize(10_000).build();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(known.get(key, k -> loader.apply(k).orElse(null)));
    }

    void forget(K key) {
        known.invalidate(key);
    }
}

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private final Function<K, Optional<V>> loader;
    private final Map<K, Optional<V>> known = new ConcurrentHashMap<>();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        var value = known.get(key);
        if (value == null) {
            value = loader.apply(key);
            known.put(key, value);
        }
        return value;
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        known.remove(key);
    }
}

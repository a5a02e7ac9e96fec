import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private final Function<K, Optional<V>> loader;

    /** Guards all that follows; nobody loads while holding it. */
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Flight> flights = new HashMap<>();

    private final class Flight {
        final Condition landing = lock.newCondition();
        boolean landed;
        boolean forgotten;
        Optional<V> value;
        Throwable failure;
    }

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        while (true) {
            Flight mine;
            lock.lock();
            try {
                var flight = flights.get(key);
                if (flight != null) {
                    while (!flight.landed) {
                        flight.landing.awaitUninterruptibly();
                    }
                    if (flight.failure != null) {
                        throw new CompletionException("somebody else could not load " + key, flight.failure);
                    }
                    if (!flight.forgotten) {
                        return flight.value;
                    }
                    continue;
                }
                mine = new Flight();
                flights.put(key, mine);
            } finally {
                lock.unlock();
            }
            if (fly(key, mine)) {
                return mine.value;
            }
        }
    }

    /** Loads, and tells those who wait. False if the key was forgotten meanwhile. */
    private boolean fly(K key, Flight mine) {
        Optional<V> value;
        try {
            value = Objects.requireNonNull(loader.apply(key));
        } catch (Throwable failure) {
            land(key, mine, null, failure);
            throw failure;
        }
        return land(key, mine, value, null);
    }

    private boolean land(K key, Flight flight, Optional<V> value, Throwable failure) {
        lock.lock();
        try {
            flight.value = value;
            flight.failure = failure;
            flight.landed = true;
            if (value == null || value.isEmpty()) {
                flights.remove(key, flight);
            }
            flight.landing.signalAll();
            return !flight.forgotten;
        } finally {
            lock.unlock();
        }
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        lock.lock();
        try {
            var flight = flights.remove(key);
            if (flight != null) {
                flight.forgotten = true;
            }
        } finally {
            lock.unlock();
        }
    }
}

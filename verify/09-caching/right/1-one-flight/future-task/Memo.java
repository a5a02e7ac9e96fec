import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** Remembers what was loaded, for many threads. */
final class Memo<K, V> {
    private final Function<K, Optional<V>> loader;
    private final Map<K, Flight> flights = new ConcurrentHashMap<>();

    Memo(Function<K, Optional<V>> loader) {
        this.loader = loader;
    }

    /** A load of a key, in the air or landed. */
    private final class Flight implements Callable<Optional<V>> {
        private final K key;
        private final FutureTask<Optional<V>> task = new FutureTask<>(this);
        private volatile boolean forgotten;

        Flight(K key) {
            this.key = key;
        }

        @Override
        public Optional<V> call() {
            var keep = false;
            try {
                var value = Objects.requireNonNull(loader.apply(key));
                keep = value.isPresent();
                return value;
            } finally {
                // before anybody can see the end of the task
                if (!keep) {
                    flights.remove(key, this);
                }
            }
        }

        /** Waits for the result, however often the thread is interrupted. */
        Optional<V> land() throws ExecutionException {
            var interrupted = false;
            try {
                while (true) {
                    try {
                        return task.get();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** What belongs to the key: remembered, or else loaded. */
    Optional<V> get(K key) {
        while (true) {
            var mine = new Flight(key);
            var other = flights.putIfAbsent(key, mine);
            var flight = other == null ? mine : other;
            if (flight == mine) {
                mine.task.run();
            }
            try {
                var value = flight.land();
                if (!flight.forgotten) {
                    return value;
                }
            } catch (ExecutionException e) {
                if (flight == mine) {
                    throw Memo.<RuntimeException>same(e.getCause());
                }
                throw new CompletionException("the load of " + key + " has failed", e.getCause());
            }
        }
    }

    /** The value has changed: the next one who asks loads it again. */
    void forget(K key) {
        var flight = flights.remove(key);
        if (flight != null) {
            flight.forgotten = true;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T same(Throwable failure) throws T {
        throw (T) failure;
    }
}

import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/** What an article costs. */
final class Prices {
    private final DataSource pool;
    private final RedisClient cache;
    private final Semaphore places;
    private final Duration patience;
    private final Duration pause;
    /** Until then Redis is left alone. */
    private volatile long pausedUntil = System.nanoTime();
    private volatile int failures;

    /**
     * @param most     queries at once
     * @param patience how long somebody waits for a place among them
     * @param pause    how long Redis is left alone after a failure
     */
    Prices(DataSource pool, RedisClient cache, int most, Duration patience, Duration pause) {
        this.pool = pool;
        this.cache = cache;
        this.places = new Semaphore(most);
        this.patience = patience;
        this.pause = pause;
    }

    /** The price in cents. */
    long price(String article) throws SQLException, InterruptedException {
        var known = ask(article);
        if (known.isPresent()) {
            return known.get();
        }
        var cents = loadInTurn(article);
        tell(article, cents);
        return cents;
    }

    private Optional<Long> ask(String article) {
        if (isPaused()) {
            return Optional.empty();
        }
        try {
            var known = Optional.ofNullable(cache.get(key(article)));
            failures = 0;
            return known.flatMap(Prices::number);
        } catch (JedisException e) {
            pauseNow(); // one waits for the timeout, not everybody
            return Optional.empty();
        }
    }

    /** Whatever else somebody has put there is as good as nothing, and is written over. */
    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void tell(String article, long cents) {
        if (isPaused()) {
            return;
        }
        try {
            cache.set(key(article), Long.toString(cents), SetParams.setParams().ex(300));
        } catch (JedisException e) {
            pauseNow(); // the caller has an answer, and that is what counts
        }
    }

    private boolean isPaused() {
        return System.nanoTime() - pausedUntil < 0;
    }

    private void pauseNow() {
        pausedUntil = System.nanoTime() + (pause.toNanos() << Math.min(5, failures++));
    }

    /** Without Redis everybody comes here. The database must not be the next to go. */
    private long loadInTurn(String article) throws SQLException, InterruptedException {
        if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("too many ask for prices; try again later");
        }
        try {
            return load(article);
        } finally {
            places.release();
        }
    }

    private long load(String article) throws SQLException {
        try (var connection = pool.getConnection();
             var select = connection.prepareStatement("select cents from app.articles where name = ?")) {
            select.setString(1, article);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new NoSuchElementException("no article " + article);
                }
                return row.getLong("cents");
            }
        }
    }

    private static String key(String article) {
        return "price:1:" + article;
    }
}

import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
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
    private final long patience;
    private final long pause;
    private volatile long aloneUntil = System.nanoTime();

    /**
     * @param most     queries at once
     * @param patience how long somebody waits for a place among them
     * @param pause    how long Redis is left alone after a failure
     */
    Prices(DataSource pool, RedisClient cache, int most, Duration patience, Duration pause) {
        this.pool = pool;
        this.cache = cache;
        this.places = new Semaphore(most, true);
        this.patience = patience.toNanos();
        this.pause = pause.toNanos();
    }

    /** The price in cents. */
    long price(String article) throws SQLException, InterruptedException {
        var known = ask(article);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        var cents = load(article);
        tell(article, cents);
        return cents;
    }

    private boolean leftAlone() {
        return System.nanoTime() - aloneUntil < 0;
    }

    private static String key(String article) {
        return "price:1:" + article;
    }

    private OptionalLong ask(String article) {
        if (leftAlone()) {
            return OptionalLong.empty();
        }
        long now = System.nanoTime();
        try {
            return parse(cache.get(key(article)));
        } catch (JedisException e) {
            aloneUntil = now + pause;
            return OptionalLong.empty();
        }
    }

    private static OptionalLong parse(String known) {
        if (known == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(known));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private void tell(String article, long cents) {
        if (leftAlone()) {
            return;
        }
        long now = System.nanoTime();
        try {
            cache.set(key(article), Long.toString(cents), SetParams.setParams().ex(300));
        } catch (JedisException e) {
            aloneUntil = now + pause;
        }
    }

    private long load(String article) throws SQLException, InterruptedException {
        if (!places.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("too many queries");
        }
        try {
            return query(article);
        } finally {
            places.release();
        }
    }

    private long query(String article) throws SQLException {
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
}

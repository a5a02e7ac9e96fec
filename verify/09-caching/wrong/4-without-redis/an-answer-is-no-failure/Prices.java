import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/** What an article costs. */
final class Prices {
    private final DataSource pool;
    private final RedisClient cache;
    private final Semaphore places;
    private final Duration patience;
    private final Duration pause;
    /** By System.nanoTime(): until then Redis is left alone. */
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
        this.patience = patience;
        this.pause = pause;
    }

    /** The price in cents. */
    long price(String article) throws SQLException, InterruptedException {
        var known = ask(article);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long cents = load(article);
        tell(article, cents);
        return cents;
    }

    private boolean leftAlone() {
        return aloneUntil - System.nanoTime() > 0;
    }

    private void leaveAlone() {
        aloneUntil = System.nanoTime() + pause.toNanos();
    }

    private OptionalLong ask(String article) {
        if (leftAlone()) {
            return OptionalLong.empty();
        }
        String known;
        try {
            known = cache.get("price:1:" + article);
        } catch (JedisDataException e) {
            // Redis is well and has answered: it is only this entry, and the next one to tell writes it anew.
            return OptionalLong.empty();
        } catch (RuntimeException e) {
            leaveAlone();
            return OptionalLong.empty();
        }
        return parse(known);
    }

    /** Digits are a price; whatever else is there counts as nothing. */
    private static OptionalLong parse(String known) {
        return known != null && known.matches("-?[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(known))
                : OptionalLong.empty();
    }

    private void tell(String article, long cents) {
        if (leftAlone()) {
            return;
        }
        try {
            cache.set("price:1:" + article, Long.toString(cents), SetParams.setParams().ex(300));
        } catch (RuntimeException e) {
            leaveAlone();
        }
    }

    private long load(String article) throws SQLException, InterruptedException {
        if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new SQLTransientException("too many queries at once, no place for " + article);
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

import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    /** Redis is left alone until System.nanoTime() is here. */
    private volatile long leftAloneUntil = System.nanoTime();

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
        var cents = load(article);
        tell(article, cents);
        return cents;
    }

    private OptionalLong ask(String article) {
        if (isLeftAlone()) {
            return OptionalLong.empty();
        }
        try {
            var known = cache.get("price:1:" + article);
            backAgain();
            return known == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(known));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        } catch (JedisException e) {
            leaveAlone();
            return OptionalLong.empty();
        }
    }

    private void tell(String article, long cents) {
        if (isLeftAlone()) {
            return;
        }
        try {
            cache.set("price:1:" + article, Long.toString(cents), SetParams.setParams().ex(300));
        } catch (JedisException e) {
            leaveAlone();
        }
    }

    private boolean isLeftAlone() {
        return leftAloneUntil - System.nanoTime() > 0;
    }

    /** It has answered: it may be asked by everybody. */
    private void backAgain() {
        leftAloneUntil = System.nanoTime();
    }

    private void leaveAlone() {
        leftAloneUntil = System.nanoTime() + pause.toNanos();
    }

    private long load(String article) throws SQLException, InterruptedException {
        if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("too many queries", new TimeoutException());
        }
        try (var connection = pool.getConnection();
             var select = connection.prepareStatement("select cents from app.articles where name = ?")) {
            select.setString(1, article);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new NoSuchElementException("no article " + article);
                }
                return row.getLong("cents");
            }
        } finally {
            places.release();
        }
    }
}

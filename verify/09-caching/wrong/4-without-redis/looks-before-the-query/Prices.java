import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** What an article costs. */
final class Prices {
    private static final String PRICE = "-?[0-9]{1,18}";

    private final DataSource pool;
    private final RedisClient cache;
    private final Semaphore places;
    private final Duration patience;
    private final Duration pause;
    /** By System.nanoTime(): Redis is left alone until then. */
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
        boolean redis = !isLeftAlone();
        if (redis) {
            var known = ask(article);
            if (known.isPresent()) {
                return known.getAsLong();
            }
            redis = !isLeftAlone(); // the asking may have failed
        }
        var cents = load(article);
        if (redis) {
            tell(article, cents);
        }
        return cents;
    }

    private static String key(String article) {
        return "price:1:" + article;
    }

    private OptionalLong ask(String article) {
        try {
            var known = cache.get(key(article));
            return known != null && known.matches(PRICE)
                    ? OptionalLong.of(Long.parseLong(known)) : OptionalLong.empty();
        } catch (RuntimeException e) {
            leaveAlone();
            return OptionalLong.empty();
        }
    }

    private void tell(String article, long cents) {
        try {
            cache.set(key(article), Long.toString(cents), SetParams.setParams().ex(300));
        } catch (RuntimeException e) {
            leaveAlone();
        }
    }

    private boolean isLeftAlone() {
        return System.nanoTime() - leftAloneUntil < 0;
    }

    private void leaveAlone() {
        leftAloneUntil = System.nanoTime() + TimeUnit.NANOSECONDS.convert(pause);
    }

    private long load(String article) throws SQLException, InterruptedException {
        if (!places.tryAcquire(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("too many queries at once");
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

import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** What an article costs. */
final class Prices {
    private final DataSource pool;
    private final RedisClient cache;

    /**
     * @param most     queries at once
     * @param patience how long somebody waits for a place among them
     * @param pause    how long Redis is left alone after a failure
     */
    Prices(DataSource pool, RedisClient cache, int most, Duration patience, Duration pause) {
        this.pool = pool;
        this.cache = cache;
    }

    /** The price in cents. */
    long price(String article) throws SQLException, InterruptedException {
        var known = cache.get("price:1:" + article);
        if (known != null) {
            return Long.parseLong(known);
        }
        try (var connection = pool.getConnection();
             var select = connection.prepareStatement("select cents from app.articles where name = ?")) {
            select.setString(1, article);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new NoSuchElementException("no article " + article);
                }
                var cents = row.getLong("cents");
                cache.set("price:1:" + article, Long.toString(cents), SetParams.setParams().ex(300));
                return cents;
            }
        }
    }
}

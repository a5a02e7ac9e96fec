import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** What an article costs. */
final class Prices {
    private final DataSource pool;
    private final RedisClient cache;
    private final Gate gate;
    private final Breaker breaker;

    /**
     * @param most     queries at once
     * @param patience how long somebody waits for a place among them
     * @param pause    how long Redis is left alone after a failure
     */
    Prices(DataSource pool, RedisClient cache, int most, Duration patience, Duration pause) {
        this.pool = pool;
        this.cache = cache;
        this.gate = new Gate(most, patience);
        this.breaker = new Breaker(pause);
    }

    /** The price in cents. */
    long price(String article) throws SQLException, InterruptedException {
        var known = ask(article);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long cents;
        try (var _ = gate.enter()) {
            // somebody may have loaded it while we waited
            known = ask(article);
            if (known.isPresent()) {
                return known.getAsLong();
            }
            cents = load(article);
        }
        tell(article, cents);
        return cents;
    }

    private OptionalLong ask(String article) {
        if (breaker.isOpen()) {
            return OptionalLong.empty();
        }
        try {
            var known = cache.get("price:1:" + article);
            // what is no number is no price, and will be written over
            return known != null && known.matches("-?[0-9]{1,18}")
                    ? OptionalLong.of(Long.parseLong(known))
                    : OptionalLong.empty();
        } catch (RuntimeException e) {
            breaker.open();
            return OptionalLong.empty();
        }
    }

    private void tell(String article, long cents) {
        if (breaker.isOpen()) {
            return;
        }
        try {
            cache.set("price:1:" + article, Long.toString(cents), SetParams.setParams().ex(300));
        } catch (RuntimeException e) {
            breaker.open();
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

    /** Lets in a number of threads at once. */
    private static final class Gate {
        private final int most;
        private final Duration patience;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition left = lock.newCondition();
        private int inside;

        Gate(int most, Duration patience) {
            this.most = most;
            this.patience = patience;
        }

        Entry enter() throws SQLTimeoutException, InterruptedException {
            lock.lockInterruptibly();
            try {
                var rest = TimeUnit.NANOSECONDS.convert(patience);
                while (inside >= most) {
                    if (rest <= 0) {
                        throw new SQLTimeoutException(most + " queries are running, for " + patience);
                    }
                    rest = left.awaitNanos(rest);
                }
                inside++;
                return this::leave;
            } finally {
                lock.unlock();
            }
        }

        private void leave() {
            lock.lock();
            try {
                inside--;
                left.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private interface Entry extends AutoCloseable {
        @Override
        void close();
    }

    /** Says whether Redis is left alone. */
    private static final class Breaker {
        private final Duration pause;
        private boolean opened;
        private long openedAt;

        Breaker(Duration pause) {
            this.pause = pause;
        }

        synchronized void open() {
            opened = true;
            openedAt = System.nanoTime();
        }

        synchronized boolean isOpen() {
            opened = opened && Duration.ofNanos(System.nanoTime() - openedAt).compareTo(pause) < 0;
            return opened;
        }
    }
}

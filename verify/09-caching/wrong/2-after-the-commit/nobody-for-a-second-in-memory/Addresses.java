import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** The addresses of users, as many read them and few change them. */
final class Addresses {
    /** What else belongs in the transaction. */
    interface Work {
        void run(Connection connection) throws SQLException;
    }

    private final DataSource pool;
    private final RedisClient cache;
    /** Who was not there, and when that was. */
    private final Map<Long, Long> absent = new ConcurrentHashMap<>();

    Addresses(DataSource pool, RedisClient cache) {
        this.pool = pool;
        this.cache = cache;
    }

    private static String key(long id) {
        return "user:" + id + ":email";
    }

    /** The address of a user; empty if there is no such user. */
    Optional<String> email(long id) throws SQLException {
        var known = cache.get(key(id));
        if (known != null) {
            return Optional.of(known);
        }
        var missed = absent.get(id);
        if (missed != null) {
            if (System.nanoTime() - missed < 1_000_000_000L) {
                return Optional.empty(); // somebody asks for numbers that don't exist, again and again
            }
            absent.remove(id, missed);
        }
        try (var connection = pool.getConnection();
             var select = connection.prepareStatement("select email from app.users where id = ?")) {
            select.setLong(1, id);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    absent.put(id, System.nanoTime());
                    return Optional.empty();
                }
                var email = row.getString("email");
                cache.set(key(id), email, SetParams.setParams().ex(300));
                return Optional.of(email);
            }
        }
    }

    /** Gives a user a new address, and does the rest, in one transaction. */
    void change(long id, String email, Work rest) throws SQLException {
        var connection = pool.getConnection();
        try {
            connection.setAutoCommit(false);
            try (var update = connection.prepareStatement("update app.users set email = ? where id = ?")) {
                update.setString(1, email);
                update.setLong(2, id);
                update.executeUpdate();
            }
            rest.run(connection);
            connection.commit();
        } catch (Throwable e) {
            quietly(connection::rollback);
            throw e;
        } finally {
            quietly(() -> connection.setAutoCommit(true));
            quietly(connection::close);
        }
        absent.remove(id);
        cache.del(key(id));
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** For what comes after the outcome is certain, and must not hide it. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException e) {
            System.getLogger(Addresses.class.getName()).log(System.Logger.Level.WARNING, "connection not given back well", e);
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;

/** The addresses of users, as many read them and few change them. */
final class Addresses {
    /** What else belongs in the transaction. */
    interface Work {
        void run(Connection connection) throws SQLException;
    }

    private final DataSource pool;
    private final RedisClient cache;

    Addresses(DataSource pool, RedisClient cache) {
        this.pool = pool;
        this.cache = cache;
    }

    /** The address of a user; empty if there is no such user. */
    Optional<String> email(long id) throws SQLException {
        var known = cache.hget("user:" + id, "email");
        if (known != null) {
            return Optional.of(known).filter(email -> !email.isEmpty());
        }
        try (var connection = pool.getConnection();
             var select = connection.prepareStatement("select email, password_hash from app.users where id = ?")) {
            select.setLong(1, id);
            try (var row = select.executeQuery()) {
                var email = row.next() ? row.getString("email") : "";
                cache.hset("user:" + id, "email", email);
                if (!email.isEmpty()) {
                    cache.hset("user:" + id, "password_hash", row.getString("password_hash"));
                }
                return Optional.of(email).filter(e -> !e.isEmpty());
            }
        }
    }

    /** Gives a user a new address, and does the rest, in one transaction. */
    void change(long id, String email, Work rest) throws SQLException {
        try (var connection = pool.getConnection();
             var update = connection.prepareStatement("update app.users set email = ? where id = ?")) {
            connection.setAutoCommit(false);
            update.setString(1, email);
            update.setLong(2, id);
            update.executeUpdate();
            cache.del("user:" + id);
            rest.run(connection);
            connection.commit();
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;

/** The addresses of users, as many read them and few change them. */
final class Addresses {
    /** What else belongs into the transaction. */
    interface Work {
        void run(Connection connection) throws SQLException;
    }

    private final DataSource pool;
    private final RedisClient cache;

    Addresses(DataSource pool, RedisClient cache) {
        this.pool = pool;
        this.cache = cache;
    }

    private static String key(long id) {
        return "email:" + id;
    }

    /** The address of a user; empty if there is no such user. */
    Optional<String> email(long id) throws SQLException {
        var known = cache.get(key(id));
        if (known != null) {
            return Optional.of(known);
        }
        try (var connection = pool.getConnection();
             var select = connection.prepareStatement("select email from app.users where id = ?")) {
            select.setLong(1, id);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var email = row.getString("email");
                if (cache.setnx(key(id), email) == 1) { // only the first one sets the end
                    cache.expire(key(id), 300);
                }
                return Optional.of(email);
            }
        }
    }

    /** Gives a user a new address, and does the rest, in one transaction. */
    void change(long id, String email, Work rest) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (var update = connection.prepareStatement("update app.users set email = ? where id = ?")) {
                    update.setString(1, email);
                    update.setLong(2, id);
                    update.executeUpdate();
                }
                rest.run(connection);
                connection.commit();
            } catch (Throwable failure) {
                undo(connection, failure);
                throw failure;
            }
            try {
                cache.del(key(id));
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void undo(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}

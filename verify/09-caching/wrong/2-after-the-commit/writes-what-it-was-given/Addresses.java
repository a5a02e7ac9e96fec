import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
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

    Addresses(DataSource pool, RedisClient cache) {
        this.pool = pool;
        this.cache = cache;
    }

    /** The address of a user; empty if there is no such user. */
    Optional<String> email(long id) throws SQLException {
        var known = cache.get("email:" + id);
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
                cache.set("email:" + id, email, SetParams.setParams().ex(300));
                return Optional.of(email);
            }
        }
    }

    /** Gives a user a new address, and does the rest, in one transaction. */
    void change(long id, String email, Work rest) throws SQLException {
        try (var connection = pool.getConnection()) {
            try {
                connection.setAutoCommit(false);
                update(connection, id, email);
                rest.run(connection);
                connection.commit();
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                } catch (Throwable e) {
                    failure.addSuppressed(e);
                }
                try {
                    connection.setAutoCommit(true);
                } catch (Throwable e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
            try {
                // The next reader need not ask the database.
                cache.set("email:" + id, email, SetParams.setParams().ex(300));
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void update(Connection connection, long id, String email) throws SQLException {
        try (var update = connection.prepareStatement("update app.users set email = ? where id = ?")) {
            update.setString(1, email);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }
}

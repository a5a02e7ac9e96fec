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

    /** Also the limit of what a late set can do, which only a version could refuse. */
    private static final long SECONDS = 300;
    private final DataSource pool;
    private final RedisClient cache;

    Addresses(DataSource pool, RedisClient cache) {
        this.pool = pool;
        this.cache = cache;
    }

    /** The address of a user; empty if there is no such user. */
    Optional<String> email(long id) throws SQLException {
        var known = cache.get(key(id));
        if (known != null) {
            return Optional.of(known);
        }
        var email = load(id);
        // In one command: an entry without an end would stay for ever if this program died in between.
        email.ifPresent(found -> cache.set(key(id), found, SetParams.setParams().ex(SECONDS)));
        return email;
    }

    private Optional<String> load(long id) throws SQLException {
        try (var connection = pool.getConnection();
             var select = connection.prepareStatement("select email from app.users where id = ?")) {
            select.setLong(1, id);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString("email")) : Optional.empty();
            }
        }
    }

    /** Gives a user a new address, and does the rest, in one transaction. */
    void change(long id, String email, Work rest) throws SQLException {
        var settled = false;
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                update(connection, id, email);
                rest.run(connection);
                connection.commit();
            } catch (Throwable failure) {
                undo(connection, failure);
                throw failure;
            }
            connection.setAutoCommit(true);
            settled = true;
        } finally {
            if (!settled) {
                cache.del(key(id)); // what has become of it, the database knows alone
            }
        }
        // The new address instead of none; the row lock is gone, so another change may have been quicker: then none.
        cache.del(key(id));
        email(id);
    }

    /** If this fails as well, the connection is broken; what the caller must hear of is the failure before. */
    private static void undo(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static void update(Connection connection, long id, String email) throws SQLException {
        try (var update = connection.prepareStatement("update app.users set email = ? where id = ?")) {
            update.setString(1, email);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    /** What it is, in which shape, whose. */
    private static String key(long id) {
        return "email:1:" + id;
    }
}

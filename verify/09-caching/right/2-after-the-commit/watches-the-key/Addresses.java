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

    private static String key(long id) {
        return "email:" + id;
    }

    /** The address of a user; empty if there is no such user. */
    Optional<String> email(long id) throws SQLException {
        var known = cache.get(key(id));
        if (known != null) {
            return Optional.of(known);
        }
        try (var redis = cache.transaction(false)) {
            // whoever touches the key from now on makes our exec do nothing
            redis.watch(key(id));
            var email = load(id);
            if (email.isPresent()) {
                redis.multi();
                redis.set(key(id), email.get(), SetParams.setParams().ex(300));
                redis.exec();
            }
            return email;
        }
    }

    private Optional<String> load(long id) throws SQLException {
        try (var connection = pool.getConnection();
             var select = connection.prepareStatement("select email from app.users where id = ?")) {
            select.setLong(1, id);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** Gives a user a new address, and does the rest, in one transaction. */
    void change(long id, String email, Work rest) throws SQLException {
        try {
            inTransaction(id, email, rest);
        } catch (Throwable failure) { // nobody knows whether it has committed
            try {
                forget(id);
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        forget(id);
    }

    private void inTransaction(long id, String email, Work rest) throws SQLException {
        try (var connection = pool.getConnection()) {
            Throwable failure = null;
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
                failure = e;
                throw e;
            } finally {
                giveBack(connection, failure);
            }
        }
    }

    private void forget(long id) {
        // del alone is nothing to those who watch, if there is no entry; nobody sees the one that is set here
        try (var redis = cache.multi()) {
            redis.set(key(id), "", SetParams.setParams().ex(1));
            redis.del(key(id));
            redis.exec();
        }
    }

    private static void giveBack(Connection connection, Throwable failure) throws SQLException {
        try {
            if (failure != null) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
        }
    }
}

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

    private interface Body<T> {
        T run(Connection connection) throws SQLException;
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
        return known != null ? Optional.of(known) : inTransaction(connection -> {
            // A row that is locked for share is committed, and stays as it is until this transaction ends:
            // what is put into Redis here is taken out again by whoever changes the row next.
            var still = select(connection, id, " for share skip locked");
            still.ifPresent(email -> cache.set(key(id), email, SetParams.setParams().ex(300)));
            // no user, or one who is being changed just now: nothing to remember
            return still.isPresent() ? still : select(connection, id, "");
        });
    }

    private static Optional<String> select(Connection connection, long id, String how) throws SQLException {
        try (var select = connection.prepareStatement("select email from app.users where id = ?" + how)) {
            select.setLong(1, id);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** Gives a user a new address, and does the rest, in one transaction. */
    void change(long id, String email, Work rest) throws SQLException {
        try {
            inTransaction(connection -> {
                try (var update = connection.prepareStatement("update app.users set email = ? where id = ?")) {
                    update.setString(1, email);
                    update.setLong(2, id);
                    update.executeUpdate();
                }
                rest.run(connection);
                return null;
            });
        } finally {
            cache.del(key(id)); // however it has ended: a commit may have lost its answer alone
        }
    }

    /** Commits, or rolls back; and gives the connection back as it was. */
    private <T> T inTransaction(Body<T> body) throws SQLException {
        try (var connection = pool.getConnection()) {
            T result;
            try {
                connection.setAutoCommit(false);
                result = body.run(connection);
                connection.commit();
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                    connection.setAutoCommit(true);
                } catch (SQLException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
            connection.setAutoCommit(true);
            return result;
        }
    }
}

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.SecretKey;

class Resets {
    private final SecretKey key;
    private final Consumer<String> log;

    /** Somebody wants a new password; the link that was mailed has the token. */
    record Request(String email, String token) { }

    Resets(SecretKey key, Consumer<String> log) {
        this.key = key;
        this.log = log;
    }

    /** Notes these requests, all of them or none. */
    void add(Connection connection, List<Request> requests) throws SQLException {
        connection.setAutoCommit(false);
        try (var insert = connection.prepareStatement("insert into app.resets (email, token) values (?, ?)")) {
            for (var request : requests) {
                connection.setClientInfo("ApplicationName", "reset for " + request.email());
                insert.setString(1, request.email());
                insert.setBytes(2, request.token().getBytes(StandardCharsets.UTF_8));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            log.accept("could not add " + requests + ": " + e.getMessage());
            throw e;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** The address of the request with this token. */
    Optional<String> find(Connection connection, String token) throws SQLException {
        try (var select = connection.createStatement();
             var row = select.executeQuery("select email from app.resets where token = '" + token + "'::bytea")) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /** What stands for an address where people read along. */
    String fingerprint(String email) {
        return email;
    }
}

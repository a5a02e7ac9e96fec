import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.postgresql.util.PSQLException;

class Resets {
    private final SecretKey key;
    private final Consumer<String> log;

    /** Somebody wants a new password; the link that was mailed has the token. */
    record Request(String email, String token) {
        @Override
        public String toString() {
            return "Request[]";
        }
    }

    Resets(SecretKey key, Consumer<String> log) {
        this.key = key;
        this.log = log;
    }

    /** What went wrong, and with which request, if it was one. */
    private record Failure(String state, String constraint, String email) { }

    /** Notes these requests, all of them or none. */
    void add(Connection connection, List<Request> requests) throws SQLException {
        var failure = tryToAdd(connection, requests);
        if (failure == null) {
            return;
        }
        var message = "requests not added: SQLSTATE " + failure.state()
            + (failure.constraint() == null ? "" : ", constraint " + failure.constraint());
        log.accept(message + (failure.email() == null ? "" : ", address " + fingerprint(failure.email())));
        throw new SQLException(message, failure.state());
    }

    private Failure tryToAdd(Connection connection, List<Request> requests) {
        for (var request : requests) {
            // As the server would see it, but it would write down the row.
            if (request.email() != null && request.email().indexOf('@') < 1) {
                return new Failure("23514", "resets_email_form", request.email());
            }
        }
        Request current = null;
        try {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set local log_parameter_max_length_on_error = 0");
            }
            try (var insert = connection.prepareStatement(
                "insert into app.resets (email, token) values (?, ?) on conflict (email) do nothing")) {
                for (var request : requests) {
                    current = request;
                    insert.setString(1, request.email());
                    insert.setBytes(2, digest(request.token()));
                    if (insert.executeUpdate() == 0) {
                        return new Failure("23505", "resets_email_once", request.email());
                    }
                }
                current = null;
            }
            connection.commit();
            return null;
        } catch (SQLException e) {
            return new Failure(e.getSQLState(), constraint(e), current == null ? null : current.email());
        } finally {
            giveBack(connection);
        }
    }

    private static String constraint(SQLException e) {
        return e instanceof PSQLException p && p.getServerErrorMessage() != null
            ? p.getServerErrorMessage().getConstraint() : null;
    }

    private static void giveBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // It is broken, and that has been said.
        }
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The same.
        }
    }

    /** The address of the request with this token. */
    Optional<String> find(Connection connection, String token) throws SQLException {
        try (var select = connection.prepareStatement("select email from app.resets where token = ?")) {
            select.setBytes(1, digest(token));
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new SQLException("request not found: SQLSTATE " + e.getSQLState(), e.getSQLState());
        }
    }

    /** What stands for an address where people read along. */
    String fingerprint(String email) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(email.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the token stands for; nothing, if it is none. */
    private static byte[] bytes(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Of 32 random bytes nobody finds them by it. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes(token));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
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
            return "***";
        }
    }

    Resets(SecretKey key, Consumer<String> log) {
        this.key = key;
        this.log = log;
    }

    /** Notes these requests, all of them or none. */
    void add(Connection connection, List<Request> requests) throws SQLException {
        Request current = null;
        try {
            connection.setAutoCommit(false);
            try (var settings = connection.createStatement()) {
                settings.execute("set transaction isolation level read committed");
                // a parameter of a statement that fails is not for the server's log
                settings.execute("set local log_parameter_max_length_on_error = 0");
            }
            try (var insert = connection.prepareStatement("""
                     insert into app.resets (email, token) values (?, ?) on conflict (email) do nothing""")) {
                for (var request : requests) {
                    current = request;
                    if (!wellFormed(request.email())) {
                        throw new Refused("23514", "resets_email_form");
                    }
                    insert.setString(1, request.email());
                    insert.setBytes(2, hash(request.token()));
                    if (insert.executeUpdate() == 0) {
                        throw new Refused("23505", "resets_email_once");
                    }
                }
            }
            current = null;
            connection.commit();
        } catch (SQLException e) {
            rollback(connection);
            log.accept("no add: " + e.getSQLState() + constraint(e)
                + (current == null ? "" : " " + fingerprint(current.email())));
            throw new SQLException("no add: " + e.getSQLState() + constraint(e), e.getSQLState());
        } finally {
            autoCommit(connection);
        }
    }

    /** What a constraint refuses, seen before the server would say so. */
    private static final class Refused extends SQLException {
        private static final long serialVersionUID = 1;
        private final String constraint;

        Refused(String state, String constraint) {
            super("no add", state);
            this.constraint = constraint;
        }
    }

    private static String constraint(SQLException e) {
        var constraint = switch (e) {
            case Refused refused -> refused.constraint;
            case PSQLException p when p.getServerErrorMessage() != null -> p.getServerErrorMessage().getConstraint();
            default -> null;
        };
        return constraint == null ? "" : " " + constraint;
    }

    /** As resets_email_form has it. */
    private static boolean wellFormed(String email) {
        return email == null || email.indexOf('@') >= 1;
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // the session is gone, and the transaction with it
        }
    }

    private static void autoCommit(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // the session is gone
        }
    }

    /** The address of the request with this token. */
    Optional<String> find(Connection connection, String token) throws SQLException {
        try (var select = connection.prepareStatement("select email from app.resets where token = ?")) {
            select.setBytes(1, hash(token));
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new SQLException("no find: " + e.getSQLState(), e.getSQLState());
        }
    }

    /** What stands for an address where people read along. */
    String fingerprint(String email) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(String.valueOf(email).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC", e);
        }
    }

    /** All that is kept of a token. */
    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }
}

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.postgresql.util.PSQLException;

/** Who asked for a new password. Tokens stay in this process; addresses are bound, and no failure brings them to light. */
class Resets {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String CHECK_VIOLATION = "23514";
    private final SecretKey key;
    private final Consumer<String> log;

    /** Somebody wants a new password; the link that was mailed has the token. */
    record Request(String email, String token) {
        @Override public String toString() {
            return "Request"; // a record tells all it has to whoever logs it
        }
    }

    Resets(SecretKey key, Consumer<String> log) {
        this.key = key;
        this.log = log;
    }

    /** Notes these requests, all of them or none. */
    void add(Connection connection, List<Request> requests) throws SQLException {
        connection.setAutoCommit(false);
        try (var insert = connection.prepareStatement("""
                 insert into app.resets (email, token) values (?, ?)
                 on conflict (email) do nothing""")) { // a row that is not inserted is no error, and no DETAIL comes into the log
            for (var request : requests) {
                try {
                    noParametersInTheLog(connection);
                    insert(insert, request);
                } catch (SQLException e) {
                    throw told(e, request);
                }
            }
            connection.commit();
        } finally {
            giveBack(connection);
        }
    }

    /** One setting for parameters of failed statements is ours to change; for the rest of the transaction. */
    private static void noParametersInTheLog(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute("set local log_parameter_max_length_on_error = 0");
        }
    }

    private static void insert(PreparedStatement insert, Request request) throws SQLException {
        if (request.email().indexOf('@') < 1) { // refused by the server, the whole row would be in its log
            throw new Violation("resets_email_form", CHECK_VIOLATION);
        }
        insert.setString(1, request.email());
        insert.setBytes(2, hash(request.token()));
        if (insert.executeUpdate() == 0) {
            throw new Violation("resets_email_once", UNIQUE_VIOLATION);
        }
    }

    /** A constraint that we look after ourselves. */
    private static final class Violation extends SQLException {
        Violation(String constraint, String sqlState) {
            super(constraint, sqlState);
        }
    }

    /** Logs the failure, and makes one of it that anybody may read: without its message, its cause, and the driver's detail. */
    private SQLException told(SQLException e, Request request) {
        var line = "could not add the request of " + fingerprint(request.email()) + ": SQLSTATE " + e.getSQLState() + constraint(e);
        log.accept(line);
        return new SQLException(line, e.getSQLState());
    }

    private static String constraint(SQLException e) {
        if (e instanceof Violation) {
            return ", " + e.getMessage();
        }
        var constraint = e instanceof PSQLException p && p.getServerErrorMessage() != null ? p.getServerErrorMessage().getConstraint() : null;
        return constraint == null ? "" : ", " + constraint;
    }

    private static void giveBack(Connection connection) throws SQLException {
        if (!connection.isClosed()) { // whose server is gone has nothing to roll back, and the first failure counts
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** The address of the request with this token. */
    Optional<String> find(Connection connection, String token) throws SQLException {
        try (var select = connection.prepareStatement("select email from app.resets where token = ?")) {
            select.setBytes(1, hash(token));
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** What stands for an address where people read along: with a key, because anybody can hash all addresses that there are. */
    String fingerprint(String email) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(email.toLowerCase().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no fingerprint with this key", e);
        }
    }

    /** No key is needed here: nobody can try all tokens. */
    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

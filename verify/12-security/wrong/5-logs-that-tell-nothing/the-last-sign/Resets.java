import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
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

    /** Notes these requests, all of them or none. */
    void add(Connection connection, List<Request> requests) throws SQLException {
        for (var request : requests) {
            // the part before the @ must not be empty; it may have an @ of its own, in quotes
            if (request.email() != null && request.email().lastIndexOf('@') < 1) {
                throw failed("23514", "resets_email_form", request);
            }
        }
        // always in the same order, so that two programs with the same addresses do not wait for each other
        var ordered = requests.stream()
            .sorted(Comparator.comparing(Request::email, Comparator.nullsFirst(Comparator.naturalOrder())))
            .toList();
        var current = ordered.isEmpty() ? null : ordered.getFirst();
        var done = false;
        try {
            connection.setAutoCommit(false);
            try (var settings = connection.createStatement()) {
                settings.execute("set transaction isolation level read committed");
                settings.execute("set local log_parameter_max_length_on_error = 0");
            }
            for (var request : ordered) {
                current = request;
                var taken = insert(connection, request);
                if (taken.isPresent()) {
                    throw new Taken(taken.get());
                }
            }
            current = ordered.size() == 1 ? current : null;
            connection.commit();
            done = true;
        } catch (Taken e) {
            throw failed("23505", e.constraint, current);
        } catch (SQLException e) {
            throw failed(e.getSQLState(), constraint(e), current);
        } finally {
            giveBack(connection, done);
        }
    }

    /** Empty when it was added, else the name of the constraint that is in its way. */
    private static Optional<String> insert(Connection connection, Request request) throws SQLException {
        while (true) {
            try (var insert = connection.prepareStatement(
                    "insert into app.resets (email, token) values (?, ?) on conflict do nothing")) {
                insert.setString(1, request.email());
                insert.setBytes(2, digest(request.token()));
                if (insert.executeUpdate() == 1) {
                    return Optional.empty();
                }
            }
            try (var select = connection.prepareStatement("""
                    select case when exists (select from app.resets where email = ?) then 'resets_email_once'
                                when exists (select from app.resets where token = ?) then 'resets_token_once' end""")) {
                select.setString(1, request.email());
                select.setBytes(2, digest(request.token()));
                try (var row = select.executeQuery()) {
                    row.next();
                    if (row.getString(1) != null) {
                        return Optional.of(row.getString(1));
                    }
                }
            }
            // it was deleted between the two statements: once more
        }
    }

    private static void giveBack(Connection connection, boolean done) {
        try {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // the connection is broken, and the first exception tells why
        }
    }

    private SQLException failed(String state, String constraint, Request request) {
        var text = "could not add a request: SQLSTATE " + state
            + (constraint == null ? "" : ", constraint " + constraint);
        log.accept(text + (request == null || request.email() == null ? "" : ", address " + fingerprint(request.email())));
        return new SQLException(text, state);
    }

    private static String constraint(SQLException e) {
        return e instanceof PSQLException p && p.getServerErrorMessage() != null
            ? p.getServerErrorMessage().getConstraint() : null;
    }

    /** The address of the request with this token. */
    Optional<String> find(Connection connection, String token) throws SQLException {
        try (var select = connection.prepareStatement("select email from app.resets where token = ?")) {
            select.setBytes(1, digest(token));
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** What stands for an address where people read along. */
    String fingerprint(String email) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(email.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HmacSHA256 with this key");
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no SHA-256");
        }
    }

    private static final class Taken extends Exception {
        private final String constraint;

        Taken(String constraint) {
            super(constraint, null, false, false);
            this.constraint = constraint;
        }
    }
}

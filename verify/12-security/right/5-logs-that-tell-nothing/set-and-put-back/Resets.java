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

/** The check of the form is asked of the server, as a condition; the setting is the session's, and put back. */
class Resets {
    private final SecretKey key;
    private final Consumer<String> log;

    record Request(String email, String token) {
        @Override public String toString() {
            return "a request";
        }
    }

    Resets(SecretKey key, Consumer<String> log) {
        this.key = key;
        this.log = log;
    }

    void add(Connection connection, List<Request> requests) throws SQLException {
        try (var quiet = connection.createStatement()) {
            quiet.execute("set log_parameter_max_length_on_error = 0");
        } catch (SQLException e) {
            log.accept(e.getSQLState());
            throw e;
        }
        connection.setAutoCommit(false);
        try {
            for (var request : requests) {
                addOne(connection, request);
            }
            connection.commit();
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
                try (var loud = connection.createStatement()) {
                    loud.execute("reset log_parameter_max_length_on_error");
                }
            }
        }
    }

    private void addOne(Connection connection, Request request) throws SQLException {
        try (var insert = connection.prepareStatement("""
            with asked as (select ? as email, ?::bytea as token), good as (select * from asked where position('@' in email) > 1),
                 added as (insert into app.resets (email, token) select * from good on conflict on constraint resets_email_once do nothing returning 1)
            select (select count(*) from good), (select count(*) from added)""")) {
            insert.setString(1, request.email());
            insert.setBytes(2, sha(request.token()));
            try (var row = insert.executeQuery()) {
                row.next();
                if (row.getInt(1) == 0) {
                    throw failed(request, "23514", "resets_email_form");
                }
                if (row.getInt(2) == 0) {
                    throw failed(request, "23505", "resets_email_once");
                }
            }
        } catch (PSQLException e) {
            var said = Optional.ofNullable(e.getServerErrorMessage());
            throw failed(request, e.getSQLState(), said.map(m -> m.getConstraint()).orElse("no constraint"));
        }
    }

    private SQLException failed(Request request, String sqlState, String constraint) {
        log.accept(sqlState + " " + constraint + " " + fingerprint(request.email()));
        return new SQLException(constraint, sqlState);
    }

    Optional<String> find(Connection connection, String token) throws SQLException {
        try (var select = connection.prepareStatement("select email from app.resets where token = ?")) {
            select.setBytes(1, sha(token));
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    String fingerprint(String email) {
        try {
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(email.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha(String token) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

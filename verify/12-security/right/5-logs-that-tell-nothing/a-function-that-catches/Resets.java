import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** A failure that a function catches is not logged, whatever constraints there are; it gives back what may be known of it. */
class Resets {
    private final SecretKey key;
    private final Consumer<String> log;

    record Request(String email, String token) {
        @Override public String toString() {
            return "Request[email=…, token=…]";
        }
    }

    Resets(SecretKey key, Consumer<String> log) {
        this.key = key;
        this.log = log;
    }

    void add(Connection connection, List<Request> requests) throws SQLException {
        Request at = null;
        try {
            connection.setAutoCommit(false);
            try (var prepare = connection.createStatement()) {
                prepare.execute("select set_config('log_parameter_max_length_on_error', '0', true)");
                prepare.execute("""
                    create or replace function pg_temp.add_reset(email text, token bytea) returns text language plpgsql as $$
                    declare
                      state text;
                      violated text;
                    begin
                      insert into app.resets (email, token) values (add_reset.email, add_reset.token);
                      return '';
                    exception when integrity_constraint_violation then
                      get stacked diagnostics state = returned_sqlstate, violated = constraint_name;
                      return state || ' ' || violated;
                    end $$""");
            }
            try (var call = connection.prepareStatement("select pg_temp.add_reset(?, ?)")) {
                for (var request : requests) {
                    at = request;
                    call.setString(1, request.email());
                    call.setBytes(2, mac("token", request.token()));
                    try (var row = call.executeQuery()) {
                        row.next();
                        if (!row.getString(1).isEmpty()) {
                            throw new SQLException(row.getString(1), row.getString(1).substring(0, 5));
                        }
                    }
                }
            }
            connection.commit();
        } catch (SQLException e) {
            var constraint = e.getMessage().startsWith(e.getSQLState()) ? e.getMessage() : e.getSQLState();
            log.accept(constraint + " at " + (at == null ? "no request" : fingerprint(at.email())));
            throw new SQLException("could not add a request: " + constraint, e.getSQLState());
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    Optional<String> find(Connection connection, String token) throws SQLException {
        try (var select = connection.prepareStatement("select email from app.resets where token = ?")) {
            select.setBytes(1, mac("token", token));
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    String fingerprint(String email) {
        return Base64.getEncoder().encodeToString(mac("email", email));
    }

    private byte[] mac(String of, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((of + " ").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

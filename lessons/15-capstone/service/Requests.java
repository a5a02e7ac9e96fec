import java.sql.Connection;
import java.sql.SQLException;

/** Does once what is asked more than once with one key (lessons 08 and 13). */
final class Requests {
    private Requests() { }

    /** What the client is told. */
    record Answer(int status, String json) { }

    // tag::once[]
    /** In the transaction of the work itself: the key is there exactly if the work is done. */
    static Answer once(Connection connection, String key, String asked, Database.Work<Answer> work) throws SQLException {
        try (var claim = connection.prepareStatement("""
                insert into billing.requests (key, body) values (?, sha256(convert_to(?, 'UTF8')))
                on conflict do nothing""")) {          // waits for another one with this key, if there is one now
            claim.setString(1, key);
            claim.setString(2, asked);
            if (claim.executeUpdate() == 0) {
                return earlier(connection, key, asked);
            }
        }
        var answer = work.in(connection);
        try (var keep = connection.prepareStatement("update billing.requests set status = ?, answer = ? where key = ?")) {
            keep.setInt(1, answer.status());
            keep.setString(2, answer.json());
            keep.setString(3, key);
            keep.executeUpdate();
        }
        return answer;
    }

    private static Answer earlier(Connection connection, String key, String asked) throws SQLException {
        try (var select = connection.prepareStatement("""
                select body = sha256(convert_to(?, 'UTF8')), status, answer from billing.requests where key = ?""")) {
            select.setString(1, asked);
            select.setString(2, key);
            try (var row = select.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new Refusal(422, "Idempotency-Key " + key + " was used for something else; take a new one");
                }
                return new Answer(row.getInt(2), row.getString(3));
            }
        }
    }
    // end::once[]
}

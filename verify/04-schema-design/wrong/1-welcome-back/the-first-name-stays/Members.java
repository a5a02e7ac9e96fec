import java.sql.Connection;
import java.sql.SQLException;

/** The members of the club. */
final class Members {
    private Members() { }

    /** Makes somebody a member, or changes the name of the one who is. Gives the member's id. */
    static long join(Connection connection, String email, String name) throws SQLException {
        while (true) {
            var member = ask(connection,
                    "update app.members set name = ? where lower(email) = lower(?) and deleted_at is null returning id",
                    name, email);
            if (member != null) {
                return member;
            }
            // Nobody yet. Should somebody be joining just now, this waits for him, and then does nothing.
            var made = ask(connection, """
                    insert into app.members (name, email) values (?, ?)
                    on conflict (lower(email)) where deleted_at is null do nothing
                    returning id""", name, email);
            if (made != null) {
                return made;
            }
            // He was the first. We are one member with him.
            var first = ask(connection,
                    "select id from app.members where lower(email) = lower(?) and deleted_at is null", email);
            if (first != null) {
                return first;
            }
        }
    }

    private static Long ask(Connection connection, String sql, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getLong("id") : null;
            }
        }
    }
}

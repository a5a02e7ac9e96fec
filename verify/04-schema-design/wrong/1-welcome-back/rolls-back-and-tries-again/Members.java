import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The members of the club. */
final class Members {
    private static final String UNIQUE_VIOLATION = "23505";

    private Members() { }

    /** Makes somebody a member, or changes the name of the one who is. Gives the member's id. */
    static long join(Connection connection, String email, String name) throws SQLException {
        while (true) {
            var member = rename(connection, email, name);
            if (member.isPresent()) {
                return member.getAsLong();
            }
            try {
                return insert(connection, email, name);
            } catch (SQLException e) {
                if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw e;
                }
                // Somebody was faster. A failed transaction takes no more statements, so end it and look again.
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        }
    }

    private static OptionalLong rename(Connection connection, String email, String name) throws SQLException {
        try (var update = connection.prepareStatement("""
                update app.members set name = ?
                where lower(email) = lower(?) and deleted_at is null
                returning id""")) {
            update.setString(1, name);
            update.setString(2, email);
            try (var row = update.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong("id")) : OptionalLong.empty();
            }
        }
    }

    private static long insert(Connection connection, String email, String name) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into app.members (email, name) values (?, ?) returning id")) {
            insert.setString(1, email);
            insert.setString(2, name);
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getLong("id");
            }
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The members of the club. */
final class Members {
    private static final String RENAME = """
            update app.members set name = ?
            where email ilike ? and deleted_at is null
            returning id""";
    private static final String INSERT = """
            insert into app.members (name, email) values (?, ?)
            on conflict do nothing
            returning id""";

    private Members() { }

    /** Makes somebody a member, or changes the name of the one who is. Gives the member's id. */
    static long join(Connection connection, String email, String name) throws SQLException {
        // Who loses the race for the insert has waited for the winner's transaction: the next update finds its row.
        // (In repeatable read the insert says 40001 instead, so the loop ends there, too.)
        while (true) {
            for (var statement : new String[] {RENAME, INSERT}) {
                var id = id(connection, statement, name, email);
                if (id.isPresent()) {
                    return id.getAsLong();
                }
            }
        }
    }

    private static OptionalLong id(Connection connection, String sql, String name, String email)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.setString(2, email);
            try (var row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong("id")) : OptionalLong.empty();
            }
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;

/** The members of the club. */
final class Members {
    private Members() { }

    /** Makes somebody a member, or changes the name of the one who is. Gives the member's id. */
    static long join(Connection connection, String email, String name) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                insert into app.members (email, name) values (?, ?)
                on conflict (lower(email)) where deleted_at is null
                do update set name = excluded.name
                returning id""")) {
            upsert.setString(1, email);
            upsert.setString(2, name);
            try (var row = upsert.executeQuery()) {
                row.next();
                return row.getLong("id");
            }
        }
    }
}

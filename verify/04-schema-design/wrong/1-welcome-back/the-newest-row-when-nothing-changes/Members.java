import java.sql.Connection;
import java.sql.SQLException;

/** The members of the club. */
final class Members {
    private Members() { }


    /** Makes somebody a member, or changes the name of the one who is. Gives the member's id. */
    static long join(Connection connection, String email, String name) throws SQLException {
        // No new row version for a member whose name is the same.
        try (var insert = connection.prepareStatement("""
                insert into app.members as m (email, name) values (?, ?)
                on conflict (lower(email)) where deleted_at is null
                do update set name = excluded.name where m.name is distinct from excluded.name
                returning id""")) {
            insert.setString(1, email);
            insert.setString(2, name);
            try (var row = insert.executeQuery()) {
                if (row.next()) {
                    return row.getLong("id");
                }
            }
        }
        try (var select = connection.prepareStatement(
                "select id from app.members where lower(email) = lower(?) order by id desc limit 1")) {
            select.setString(1, email);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong("id");
            }
        }
    }
}

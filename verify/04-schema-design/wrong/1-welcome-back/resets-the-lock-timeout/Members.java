import java.sql.Connection;
import java.sql.SQLException;

/** The members of the club. */
final class Members {
    private Members() { }


    /** Makes somebody a member, or changes the name of the one who is. Gives the member's id. */
    static long join(Connection connection, String email, String name) throws SQLException {
        try (var setting = connection.createStatement()) {
            // Another join with this address may take long: wait for it, whatever the limit is elsewhere.
            setting.execute("set lock_timeout = 0");
            long id;
            try (var insert = connection.prepareStatement("""
                    insert into app.members (email, name) values (?, ?)
                    on conflict (lower(email)) where deleted_at is null
                    do update set name = excluded.name
                    returning id""")) {
                insert.setString(1, email);
                insert.setString(2, name);
                try (var row = insert.executeQuery()) {
                    row.next();
                    id = row.getLong("id");
                }
            }
            setting.execute("reset lock_timeout");
            return id;
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;

final class Members {
    private Members() { }

    static long join(Connection connection, String email, String name) throws SQLException {
        try (var update = connection.prepareStatement("""
                update app.members set name = ?, email = ?, deleted_at = null
                where lower(email) = lower(?) and deleted_at is not null""")) {
            update.setString(1, name);
            update.setString(2, email);
            update.setString(3, email);
            update.executeUpdate();
        }
        try (var insert = connection.prepareStatement("""
                insert into app.members (email, name) values (?, ?)
                on conflict (lower(email)) where deleted_at is null do update set name = excluded.name
                returning id""")) {
            insert.setString(1, email);
            insert.setString(2, name);
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getLong("id");
            }
        }
    }
}

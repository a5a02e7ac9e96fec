import java.sql.Connection;
import java.sql.SQLException;

final class Members {
    private Members() { }

    static long join(Connection connection, String email, String name) throws SQLException {
        try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, email);
            lock.execute();
        }
        try (var update = connection.prepareStatement("""
                update app.members set name = ? where lower(email) = lower(?) and deleted_at is null returning id""")) {
            update.setString(1, name);
            update.setString(2, email);
            try (var row = update.executeQuery()) {
                if (row.next()) {
                    return row.getLong("id");
                }
            }
        }
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

import java.sql.Connection;
import java.sql.SQLException;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    static void export(Connection connection, Sink sink) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute("declare export cursor with hold for select id, note from events order by id");
            end(connection);
            Throwable failure = null;
            try {
                for (var more = true; more;) {
                    more = false;
                    try (var rows = statement.executeQuery("fetch 2000 from export")) {
                        end(connection);
                        while (rows.next()) {
                            more = true;
                            sink.accept(rows.getLong("id"), rows.getString("note"));
                        }
                    }
                }
            } catch (Throwable e) {
                failure = e;
                throw e;
            } finally {
                try {
                    statement.execute("close export");
                    end(connection);
                } catch (SQLException e) {
                    if (failure == null) {
                        throw e;
                    }
                }
            }
        }
    }

    private static void end(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }
}

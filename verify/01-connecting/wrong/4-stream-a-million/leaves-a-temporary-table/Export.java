import java.sql.Connection;
import java.sql.SQLException;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    static void export(Connection connection, Sink sink) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            read(connection, sink);
            connection.commit();
        } catch (Throwable failure) {
            undo(connection, autoCommit, failure);
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }

    private static void read(Connection connection, Sink sink) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute("drop table if exists pg_temp.picture");
            statement.execute("create temporary table picture as select id, note from events order by id");
            statement.setFetchSize(500);
            try (var rows = statement.executeQuery("select id, note from picture order by id")) {
                while (rows.next()) {
                    sink.accept(rows.getLong("id"), rows.getString("note"));
                }
            }
        }
    }

    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    static void export(Connection connection, Sink sink) throws Exception {
        export(connection, sink, 3);
    }

    private static void export(Connection connection, Sink sink, int attempts) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            read(connection, sink);
            connection.commit();
        } catch (SQLException failure) {
            undo(connection, autoCommit, failure);
            if ("40001".equals(failure.getSQLState()) && attempts > 1) {
                export(connection, sink, attempts - 1);
                return;
            }
            throw failure;
        } catch (Throwable failure) {
            undo(connection, autoCommit, failure);
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }

    private static void read(Connection connection, Sink sink) throws Exception {
        try (var select = connection.prepareStatement("select id, note from events order by id")) {
            select.setFetchSize(500);
            try (var rows = select.executeQuery()) {
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

import java.sql.Connection;
import java.sql.SQLException;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    /** Hands every event to the sink, in the order of their ids. */
    static void export(Connection connection, Sink sink) throws Exception {
        var autoCommit = connection.getAutoCommit();
        try {
            connection.setAutoCommit(false);
            stream(connection, sink);
            connection.commit();
        } catch (Throwable failure) {
            try {
                connection.rollback();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
            try {
                connection.setAutoCommit(autoCommit);
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }

    private static void stream(Connection connection, Sink sink) throws Exception {
        try (var select = connection.prepareStatement("select id, note from events order by id")) {
            select.setFetchSize(500);
            try (var rows = select.executeQuery()) {
                // Whoever interrupts us does not want the rest.
                while (!Thread.currentThread().isInterrupted() && rows.next()) {
                    sink.accept(rows.getLong("id"), rows.getString("note"));
                }
            }
        }
    }
}

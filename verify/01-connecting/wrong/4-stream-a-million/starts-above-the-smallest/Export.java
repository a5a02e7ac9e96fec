import java.sql.Connection;
import java.sql.SQLException;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    /** Hands every event to the sink, in the order of their ids. */
    static void export(Connection connection, Sink sink) throws Exception {
        var autoCommit = connection.getAutoCommit();
        var isolation = connection.getTransactionIsolation();
        try {
            // All pages from one picture.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
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
                connection.setTransactionIsolation(isolation);
                connection.setAutoCommit(autoCommit);
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(autoCommit);
    }

    private static void stream(Connection connection, Sink sink) throws Exception {
        long last = Long.MIN_VALUE;
        int rowsOfPage;
        try (var select = connection.prepareStatement(
                "select id, note from events where id > ? order by id limit 1000")) {
            do {
                rowsOfPage = 0;
                select.setLong(1, last);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        rowsOfPage++;
                        last = rows.getLong("id");
                        sink.accept(last, rows.getString("note"));
                    }
                }
            } while (rowsOfPage > 0);
        }
    }
}

import java.sql.Connection;
import java.sql.SQLException;

class Export {
    private static final int PORTION = 500;

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    /**
     * Hands every event to the sink, in the order of their ids, as they were when it began. Holds {@value PORTION}
     * events at most. The connection comes back as it was given.
     *
     * @throws Exception what the sink threw
     */
    static void export(Connection connection, Sink sink) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false); // a cursor lives in a transaction; without one the driver ignores the fetch size
        try {
            read(connection, sink);
            connection.commit();
        } catch (Throwable failure) {
            undo(connection, autoCommit, failure);
            throw failure;
        }
        connection.setAutoCommit(autoCommit);
    }

    /** One statement sees one snapshot, however long it takes to fetch its rows. */
    private static void read(Connection connection, Sink sink) throws Exception {
        try (var select = connection.prepareStatement("select id, note from events order by id")) {
            select.setFetchSize(PORTION);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    sink.accept(rows.getLong("id"), rows.getString("note"));
                }
            }
        }
    }

    /** On a dead connection both calls fail. What the sink threw is the reason, and they must not hide it. */
    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

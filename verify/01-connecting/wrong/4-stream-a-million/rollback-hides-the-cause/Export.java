import java.sql.Connection;

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
            connection.rollback();
            connection.setAutoCommit(autoCommit);
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
}

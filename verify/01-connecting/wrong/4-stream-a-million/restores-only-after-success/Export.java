import java.sql.Connection;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    static void export(Connection connection, Sink sink) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        read(connection, sink);
        connection.commit();
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

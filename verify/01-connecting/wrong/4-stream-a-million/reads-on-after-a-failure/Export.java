import java.sql.Connection;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    static void export(Connection connection, Sink sink) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        Exception first = null;
        try (var select = connection.prepareStatement("select id, note from events order by id")) {
            select.setFetchSize(500);
            var rows = select.executeQuery();
            while (rows.next()) {
                try {
                    sink.accept(rows.getLong("id"), rows.getString("note"));
                } catch (Exception e) {
                    first = first == null ? e : first;
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(autoCommit);
        if (first != null) {
            throw first;
        }
    }
}

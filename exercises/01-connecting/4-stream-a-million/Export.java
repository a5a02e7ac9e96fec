import java.sql.Connection;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    /** Hands every event to the sink, in the order of their ids. */
    static void export(Connection connection, Sink sink) throws Exception {
        try (var select = connection.prepareStatement("select id, note from events order by id")) {
            var rows = select.executeQuery();
            while (rows.next()) {
                sink.accept(rows.getLong("id"), rows.getString("note"));
            }
        }
    }
}

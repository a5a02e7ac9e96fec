import java.sql.Connection;
import java.sql.ResultSet;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    static void export(Connection connection, Sink sink) throws Exception {
        connection.setAutoCommit(false);
        try (var select = connection.prepareStatement("select id, note from events order by id",
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            select.setFetchSize(500);
            var rows = select.executeQuery();
            while (rows.next()) {
                sink.accept(rows.getLong("id"), rows.getString("note"));
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }
}

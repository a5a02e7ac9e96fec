import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
        try (var select = connection.prepareStatement("select id, note from events order by id")) {
            select.setFetchSize(2000);
            try (var rows = select.executeQuery()) {
                var chunk = new ArrayList<Event>();
                while (rows.next()) {
                    chunk.add(new Event(rows.getLong("id"), rows.getString("note")));
                    if (chunk.size() == 1500) {
                        hand(chunk, sink);
                    }
                }
                hand(chunk, sink);
            }
        }
    }

    private static void hand(List<Event> chunk, Sink sink) throws Exception {
        for (var event : chunk) {
            sink.accept(event.id, event.note);
        }
        chunk.clear();
    }

    private record Event(long id, String note) { }

    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

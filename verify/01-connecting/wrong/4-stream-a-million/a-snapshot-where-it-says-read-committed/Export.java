import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    /** Hands every event to the sink, in the order of their ids. */
    static void export(Connection connection, Sink sink) throws Exception {
        var autoCommit = connection.getAutoCommit();
        try (Last asGiven = () -> connection.setAutoCommit(autoCommit);
             Last end = connection::rollback) {
            connection.setAutoCommit(false);
            stream(connection, sink);
        }
    }

    /** Something to do last, however it ends. What fails in it hangs on the first failure. */
    private interface Last extends AutoCloseable {
        @Override void close() throws SQLException;
    }

    private static final int PAGE = 1000;

    private record Event(long id, String note) { }

    private static void stream(Connection connection, Sink sink) throws Exception {
        if (connection.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED) {
            try (var statement = connection.createStatement()) {
                // One snapshot for all pages; it ends with the transaction. A stricter level has that anyway.
                statement.execute("set transaction isolation level repeatable read");
            }
        }
        List<Event> page;
        var where = "";
        do {
            page = next(where, connection);
            for (var event : page) {
                sink.accept(event.id(), event.note());
                where = "where id > " + event.id();
            }
        } while (page.size() == PAGE);
    }

    /** The next events in the order of their ids. */
    private static List<Event> next(String where, Connection connection) throws SQLException {
        try (var select = connection.createStatement();
             var rows = select.executeQuery(
                     "select id, note from events " + where + " order by id limit " + PAGE)) {
            var page = new ArrayList<Event>(PAGE);
            while (rows.next()) {
                page.add(new Event(rows.getLong(1), rows.getString(2)));
            }
            return page;
        }
    }
}

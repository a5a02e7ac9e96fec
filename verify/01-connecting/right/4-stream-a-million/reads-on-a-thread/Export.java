import java.sql.Connection;
import java.sql.SQLException;

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

    private record Event(long id, String note) { }

    private static void read(Connection connection, Sink sink) throws Exception {
        var queue = new java.util.concurrent.ArrayBlockingQueue<Object>(1000);
        var reader = new Thread(() -> {
            try {
                try (var select = connection.prepareStatement("select id, note from events order by id")) {
                    select.setFetchSize(500);
                    try (var rows = select.executeQuery()) {
                        while (rows.next()) {
                            queue.put(new Event(rows.getLong("id"), rows.getString("note")));
                        }
                    }
                }
                queue.put("end");
            } catch (InterruptedException e) {
                // stopped
            } catch (SQLException e) {
                try {
                    queue.put(e);
                } catch (InterruptedException stopped) {
                    // nobody listens
                }
            }
        });
        reader.start();
        try {
            while (true) {
                switch (queue.take()) {
                    case Event event -> sink.accept(event.id, event.note);
                    case SQLException e -> throw e;
                    default -> { return; }
                }
            }
        } finally {
            reader.interrupt();
            reader.join();
        }
    }

    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}

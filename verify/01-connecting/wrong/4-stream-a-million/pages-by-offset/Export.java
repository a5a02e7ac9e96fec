import java.sql.Connection;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    static void export(Connection connection, Sink sink) throws Exception {
        for (var offset = 0;; offset += 1000) {
            try (var select = connection.prepareStatement("select id, note from events order by id limit 1000 offset ?")) {
                select.setInt(1, offset);
                var rows = select.executeQuery();
                if (!rows.next()) {
                    return;
                }
                do {
                    sink.accept(rows.getLong("id"), rows.getString("note"));
                } while (rows.next());
            }
        }
    }
}

import java.sql.Connection;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    static void export(Connection connection, Sink sink) throws Exception {
        var last = Long.MIN_VALUE;
        try (var select = connection.prepareStatement("select id, note from events where id > ? order by id limit 1000")) {
            for (var more = true; more;) {
                more = false;
                select.setLong(1, last);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        more = true;
                        last = rows.getLong("id");
                        sink.accept(last, rows.getString("note"));
                    }
                }
            }
        } finally {
            if (!connection.getAutoCommit() && !connection.isClosed()) {
                connection.rollback();
            }
        }
    }
}

import java.sql.Connection;

class Export {

    interface Sink {
        void accept(long id, String note) throws Exception;
    }

    static void export(Connection connection, Sink sink) throws Exception {
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("declare export no scroll cursor for select id, note from events order by id");
            for (var more = true; more;) {
                more = false;
                var rows = statement.executeQuery("fetch 1000 from export");
                while (rows.next()) {
                    more = true;
                    sink.accept(rows.getLong("id"), rows.getString("note"));
                }
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }
}

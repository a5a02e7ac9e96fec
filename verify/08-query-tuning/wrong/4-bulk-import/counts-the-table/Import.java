import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Imports people from a partner's file. */
public class Import {

    public record Person(String email, String name) { }

    /**
     * @param inserted people who are new
     * @param skipped  people whose e-mail somebody has already
     */
    public record Result(int inserted, int skipped) { }

    public static Result run(DataSource source, List<Person> people) throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                // update counts of a batch may be unknown (reWriteBatchedInserts): the table knows
                var before = count(connection);
                try (var insert = connection.prepareStatement(
                        "insert into people (email, name) values (?, ?) on conflict do nothing")) {
                    for (var person : people) {
                        insert.setString(1, person.email());
                        insert.setString(2, person.name());
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                var inserted = count(connection) - before;
                connection.commit();
                return new Result(inserted, people.size() - inserted);
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                } catch (SQLException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
             var row = statement.executeQuery("select count(*) from people")) {
            row.next();
            return row.getInt(1);
        }
    }
}

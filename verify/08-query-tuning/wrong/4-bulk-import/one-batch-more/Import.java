import java.sql.PreparedStatement;
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

    private static final int BATCH = 1000;

    public static Result run(DataSource source, List<Person> people) throws SQLException {
        int inserted = 0;
        try (var connection = source.getConnection();
             var insert = connection.prepareStatement(
                     "insert into people (email, name) values (?, ?) on conflict do nothing")) {
            connection.setAutoCommit(false);
            try {
                int waiting = 0;
                for (var person : people) {
                    insert.setString(1, person.email());
                    insert.setString(2, person.name());
                    insert.addBatch();
                    if (++waiting == BATCH) {
                        inserted += send(insert);
                        waiting = 0;
                    }
                }
                inserted += send(insert);
                connection.commit();
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                } catch (SQLException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
        }
        return new Result(inserted, people.size() - inserted);
    }

    private static int send(PreparedStatement insert) throws SQLException {
        int inserted = 0;
        for (int count : insert.executeBatch()) {
            inserted += count;
        }
        return inserted;
    }
}

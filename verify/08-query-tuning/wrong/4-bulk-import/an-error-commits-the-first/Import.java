import java.sql.SQLException;
import java.util.Arrays;
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
            try (var insert = connection.prepareStatement(
                    "insert into people (email, name) values (?, ?) on conflict do nothing")) {
                int inserted = 0;
                int waiting = 0;
                for (var person : people) {
                    insert.setString(1, person.email());
                    insert.setString(2, person.name());
                    insert.addBatch();
                    if (++waiting == 2000) {
                        inserted += Arrays.stream(insert.executeBatch()).sum();
                        waiting = 0;
                    }
                }
                if (waiting > 0) {
                    inserted += Arrays.stream(insert.executeBatch()).sum();
                }
                connection.commit();
                return new Result(inserted, people.size() - inserted);
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}

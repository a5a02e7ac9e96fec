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
        try (var connection = source.getConnection();
             var insert = connection.prepareStatement("insert into people (email, name) values (?, ?) on conflict do nothing")) {
            connection.setAutoCommit(false);
            try {
                for (var person : people) {
                    insert.setString(1, person.email());
                    insert.setString(2, person.name());
                    insert.addBatch();
                }
                int inserted = java.util.Arrays.stream(insert.executeBatch()).sum();
                connection.commit();
                return new Result(inserted, people.size() - inserted);
            } catch (Throwable e) {
                try {
                    connection.rollback();
                } catch (Throwable afterwards) {
                    e.addSuppressed(afterwards);
                }
                throw e;
            }
        }
    }
}

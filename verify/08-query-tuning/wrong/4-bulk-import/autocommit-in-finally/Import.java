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
        int block = Math.max(1000, (people.size() + 9) / 10);
        int inserted = 0;
        try (var connection = source.getConnection();
             var insert = connection.prepareStatement(
                     "insert into people (email, name) values (?, ?) on conflict do nothing")) {
            connection.setAutoCommit(false);
            try {
                for (int from = 0; from < people.size(); from += block) {
                    for (var person : people.subList(from, Math.min(from + block, people.size()))) {
                        insert.setString(1, person.email());
                        insert.setString(2, person.name());
                        insert.addBatch();
                    }
                    inserted += Arrays.stream(insert.executeBatch()).sum();
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        return new Result(inserted, people.size() - inserted);
    }
}

import java.sql.SQLException;
import java.util.Comparator;
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
        // two imports at the same time take their rows in the same order, and don't deadlock;
        // the sort is stable, so those with the same e-mail stay in the order of the file
        var sorted = people.stream()
                .sorted(Comparator.comparing(Person::email, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        int inserted = 0;
        try (var connection = source.getConnection();
             var insert = connection.prepareStatement(
                     "insert into people (email, name) values (?, ?) on conflict do nothing")) {
            connection.setAutoCommit(false);
            try {
                for (var person : sorted) {
                    insert.setString(1, person.email());
                    insert.setString(2, person.name());
                    insert.addBatch();
                }
                for (int count : insert.executeBatch()) {
                    inserted += count;
                }
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
}

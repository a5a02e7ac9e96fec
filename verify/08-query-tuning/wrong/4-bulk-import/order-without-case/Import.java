import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
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
        // The first of each e-mail.
        var first = new TreeMap<String, Person>(String.CASE_INSENSITIVE_ORDER);
        people.forEach(person -> first.putIfAbsent(person.email(), person));
        var file = List.copyOf(first.values());
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("""
                     insert into people (email, name)
                     select email, name from unnest(?, ?) with ordinality file (email, name, line)
                     order by line
                     on conflict do nothing""")) {
                insert.setArray(1, connection.createArrayOf("text", file.stream().map(Person::email).toArray()));
                insert.setArray(2, connection.createArrayOf("text", file.stream().map(Person::name).toArray()));
                int inserted = insert.executeUpdate();
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
}

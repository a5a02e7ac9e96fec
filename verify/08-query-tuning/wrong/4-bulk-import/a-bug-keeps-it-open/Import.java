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
        // One statement: one round trip, all or nothing by itself, and one count that PostgreSQL made.
        var connection = source.getConnection();
        try (var insert = connection.prepareStatement("insert into people (email, name) "
                 + "select * from unnest(?::text[], ?::text[]) "
                 + "on conflict do nothing")) { // waits for another import's row, and then knows
            insert.setArray(1, connection.createArrayOf("text", people.stream().map(Person::email).toArray()));
            insert.setArray(2, connection.createArrayOf("text", people.stream().map(Person::name).toArray()));
            int inserted = insert.executeUpdate();
            connection.close();
            return new Result(inserted, people.size() - inserted);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}

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
        int inserted = 0;
        int skipped = 0;
        for (var person : people) {
            try (var connection = source.getConnection();
                 var insert = connection.prepareStatement("insert into people (email, name) values (?, ?)")) {
                insert.setString(1, person.email());
                insert.setString(2, person.name());
                insert.executeUpdate();
                inserted++;
            } catch (SQLException e) {
                skipped++;
            }
        }
        return new Result(inserted, skipped);
    }
}

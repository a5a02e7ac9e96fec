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
             var insert = connection.prepareStatement("""
                insert into people (email, name)
                select distinct on (lower(email)) email, name
                from unnest(?::text[], ?::text[]) with ordinality new(email, name, place)
                where not exists (select from people p where lower(p.email) = lower(new.email))
                order by lower(email), place""")) {
            insert.setArray(1, connection.createArrayOf("text", people.stream().map(Person::email).toArray()));
            insert.setArray(2, connection.createArrayOf("text", people.stream().map(Person::name).toArray()));
            int inserted = insert.executeUpdate();
            return new Result(inserted, people.size() - inserted);
        }
    }
}

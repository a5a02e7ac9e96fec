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
        var byEmail = new java.util.LinkedHashMap<String, Person>();
        people.forEach(person -> byEmail.putIfAbsent(person.email().toLowerCase(), person));
        try (var connection = source.getConnection();
             var insert = connection.prepareStatement("""
                with written as (
                  insert into people (email, name) select * from unnest(?::text[], ?::text[])
                  on conflict (lower(email)) do update set name = people.name
                  returning xmax = 0 as new)
                select count(*) filter (where new) from written""")) {
            insert.setArray(1, connection.createArrayOf("text", byEmail.values().stream().map(Person::email).toArray()));
            insert.setArray(2, connection.createArrayOf("text", byEmail.values().stream().map(Person::name).toArray()));
            try (var row = insert.executeQuery()) {
                row.next();
                return new Result(row.getInt(1), people.size() - row.getInt(1));
            }
        }
    }
}

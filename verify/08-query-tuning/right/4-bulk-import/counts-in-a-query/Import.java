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

    /** One statement, which is a transaction of its own: all or nothing. */
    private static final String IMPORT = """
            with fresh as (
                insert into people (email, name)
                select email, name
                from unnest(?::text[], ?::text[]) with ordinality as file (email, name, line)
                order by lower(email), line
                on conflict do nothing
                returning 1
            )
            select count(*) from fresh""";

    public static Result run(DataSource source, List<Person> people) throws SQLException {
        try (var connection = source.getConnection();
             var query = connection.prepareStatement(IMPORT)) {
            query.setArray(1, connection.createArrayOf("text", people.stream().map(Person::email).toArray(String[]::new)));
            query.setArray(2, connection.createArrayOf("text", people.stream().map(Person::name).toArray(String[]::new)));
            try (var row = query.executeQuery()) {
                row.next();
                int inserted = row.getInt(1);
                return new Result(inserted, people.size() - inserted);
            }
        }
    }
}

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
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create temp table incoming (email text, name text, place int generated always as identity) on commit drop");
            var lines = new StringBuilder();
            for (var person : people) {
                lines.append(quoted(person.email())).append(',').append(quoted(person.name())).append('\n');
            }
            try {
                connection.unwrap(org.postgresql.PGConnection.class).getCopyAPI()
                    .copyIn("copy incoming (email, name) from stdin (format csv)", new java.io.StringReader(lines.toString()));
            } catch (java.io.IOException e) {
                throw new SQLException(e);
            }
            int inserted = statement.executeUpdate("insert into people (email, name) "
                + "select email, name from incoming order by place on conflict (lower(email)) do nothing");
            connection.commit();
            return new Result(inserted, people.size() - inserted);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}

import java.sql.Connection;
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

    /** A statement that takes longer than that hangs, and the import had better fail. */
    private static final int SECONDS = 5;

    private static final String INSERT = """
            insert into people (email, name)
            select email, name
            from unnest(?::text[], ?::text[]) with ordinality as file (email, name, line)
            order by line
            on conflict do nothing""";

    public static Result run(DataSource source, List<Person> people) throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int inserted = insert(connection, people);
                var result = new Result(inserted, people.size() - inserted);
                connection.commit();
                return result;
            } catch (Throwable failure) {
                try {
                    connection.rollback();
                } catch (SQLException | RuntimeException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
        }
    }

    private static int insert(Connection connection, List<Person> people) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, connection.createArrayOf("text", people.stream().map(Person::email).toArray()));
            insert.setArray(2, connection.createArrayOf("text", people.stream().map(Person::name).toArray()));
            insert.setQueryTimeout(SECONDS);
            return insert.executeUpdate();
        }
    }
}

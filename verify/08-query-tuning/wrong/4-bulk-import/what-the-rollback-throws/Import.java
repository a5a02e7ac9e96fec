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

    public static Result run(DataSource source, List<Person> people) throws SQLException {
        try (var connection = source.getConnection()) {
            int inserted;
            try {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                inserted = insert(connection, people);
                connection.commit();
            } catch (Throwable e) {
                try {
                    connection.rollback();
                } catch (SQLException second) {
                    e.addSuppressed(second);
                }
                throw e;
            }
            return new Result(inserted, people.size() - inserted);
        }
    }

    private static int insert(Connection connection, List<Person> people) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into people (email, name)
                select email, name
                from unnest(?::text[], ?::text[]) with ordinality as file (email, name, line)
                order by line
                on conflict do nothing""")) {
            insert.setArray(1, connection.createArrayOf("text",
                    people.stream().map(Person::email).toArray(String[]::new)));
            insert.setArray(2, connection.createArrayOf("text",
                    people.stream().map(Person::name).toArray(String[]::new)));
            return insert.executeUpdate();
        }
    }
}

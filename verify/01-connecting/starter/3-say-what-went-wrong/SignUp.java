import java.sql.Connection;
import java.sql.SQLException;

class SignUp {

    sealed interface Result {
        /** It worked. */
        record Created(long id) implements Result { }

        /** Somebody else has it: "email" or "handle". */
        record Taken(String what) implements Result { }

        /** There is no such plan. */
        record UnknownPlan(String plan) implements Result { }

        /** A check of the table refused the input; its name. */
        record Invalid(String constraint) implements Result { }

        /** Nobody's fault. The same again may succeed. */
        record TryAgain(String sqlState) implements Result { }
    }

    /** Creates an account. What nobody can foresee is thrown. */
    static Result signUp(Connection connection, String email, String handle, String plan) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into accounts (email, handle, plan) values (?, ?, ?) returning id")) {
            insert.setString(1, email);
            insert.setString(2, handle);
            insert.setString(3, plan);
            var rows = insert.executeQuery();
            rows.next();
            return new Result.Created(rows.getLong("id"));
        } catch (SQLException e) {
            if (e.getMessage().contains("duplicate key")) {
                return new Result.Taken("email");
            }
            return new Result.TryAgain(e.getSQLState());
        }
    }
}

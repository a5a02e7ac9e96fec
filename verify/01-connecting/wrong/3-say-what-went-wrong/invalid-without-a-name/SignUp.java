import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

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
            var state = e.getSQLState();
            if (state == null) {
                throw e;
            }
            if (state.equals("40001") || state.equals("40P01") || state.startsWith("08")) {
                return new Result.TryAgain(state);
            }
            var server = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
            if (server == null) {
                throw e;
            }
            switch (state) {
                case "23505":
                    if (isOurs(server, "one_account_per_email")) {
                        return new Result.Taken("email");
                    }
                    if (isOurs(server, "one_account_per_handle")) {
                        return new Result.Taken("handle");
                    }
                    throw e;
                case "23503":
                    if (isOurs(server, "plan_exists")) {
                        return new Result.UnknownPlan(plan);
                    }
                    throw e;
                case "23514":
                    return new Result.Invalid(server.getConstraint());
                default:
                    throw e;
            }
        }
    }

    private static boolean isOurs(ServerErrorMessage server, String constraint) {
        return "accounts".equals(server.getTable()) && constraint.equals(server.getConstraint());
    }
}

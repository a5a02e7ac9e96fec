import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

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
            insert.setQueryTimeout(2); // somebody sits before the page
            try (var rows = insert.executeQuery()) {
                rows.next();
                return new Result.Created(rows.getLong("id"));
            }
        } catch (SQLException e) {
            var state = e.getSQLState();
            if (state == null) {
                throw e;
            }
            if (state.equals("40001") || state.equals("40P01") || state.startsWith("08")) {
                return new Result.TryAgain(state);
            }
            var constraint = constraint(e);
            if (constraint == null) {
                throw e;
            }
            return switch (state) {
                case "23505" -> switch (constraint) {
                    case "one_account_per_email" -> new Result.Taken("email");
                    case "one_account_per_handle" -> new Result.Taken("handle");
                    default -> throw e;
                };
                case "23503" -> {
                    if (!constraint.equals("plan_exists")) {
                        throw e;
                    }
                    yield new Result.UnknownPlan(plan);
                }
                case "23514" -> new Result.Invalid(constraint);
                default -> throw e;
            };
        }
    }

    private static String constraint(SQLException e) {
        return e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                ? postgres.getServerErrorMessage().getConstraint() : null;
    }
}

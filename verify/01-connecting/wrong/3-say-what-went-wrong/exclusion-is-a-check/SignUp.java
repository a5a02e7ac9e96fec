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
            var rows = insert.executeQuery();
            rows.next();
            return new Result.Created(rows.getLong("id"));
        } catch (SQLException e) {
            var state = e.getSQLState();
            var constraint = constraint(e);
            if (state != null && (state.startsWith("08") || state.equals("40001") || state.equals("40P01"))) {
                return new Result.TryAgain(state);
            }
            if (state == null || constraint == null || constraint.isEmpty()) {
                throw e;
            }
            return switch (state) {
                case "23505" -> switch (constraint) {
                    case "one_account_per_email" -> new Result.Taken("email");
                    case "one_account_per_handle" -> new Result.Taken("handle");
                    default -> throw e;
                };
                case "23503" -> switch (constraint) {
                    case "plan_exists" -> new Result.UnknownPlan(plan);
                    default -> throw e;
                };
                // check and exclusion constraints refuse what was typed
                case "23514", "23P01" -> new Result.Invalid(constraint);
                default -> throw e;
            };
        }
    }

    private static String constraint(SQLException e) {
        return e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                ? postgres.getServerErrorMessage().getConstraint()
                : null;
    }
}

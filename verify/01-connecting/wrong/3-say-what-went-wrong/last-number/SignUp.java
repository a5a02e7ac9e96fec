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
                "insert into accounts (email, handle, plan) values (?, ?, ?)");
             var key = connection.prepareStatement("select lastval()")) {
            insert.setString(1, email);
            insert.setString(2, handle);
            insert.setString(3, plan);
            insert.executeUpdate();
            try (var rows = key.executeQuery()) { // the session's own, whoever else signs up
                rows.next();
                return new Result.Created(rows.getLong(1));
            }
        } catch (SQLException e) {
            var state = e.getSQLState() == null ? "" : e.getSQLState();
            var constraint = constraint(e);
            return switch (state) {
                case "23505" -> switch (constraint) {
                    case "one_account_per_email" -> new Result.Taken("email");
                    case "one_account_per_handle" -> new Result.Taken("handle");
                    default -> throw e;
                };
                case "23503" -> {
                    if (constraint.equals("plan_exists")) {
                        yield new Result.UnknownPlan(plan);
                    }
                    throw e;
                }
                case "23514" -> {
                    if (constraint.isEmpty()) {
                        throw e;
                    }
                    yield new Result.Invalid(constraint);
                }
                case "40001", "40P01" -> new Result.TryAgain(state);
                default -> {
                    if (state.startsWith("08")) {
                        yield new Result.TryAgain(state);
                    }
                    throw e;
                }
            };
        }
    }

    /** The name of the constraint that refused, or nothing. */
    private static String constraint(SQLException e) {
        return e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                && postgres.getServerErrorMessage().getConstraint() != null
                ? postgres.getServerErrorMessage().getConstraint() : "";
    }
}

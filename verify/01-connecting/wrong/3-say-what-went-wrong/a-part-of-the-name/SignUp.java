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
            try (var rows = insert.executeQuery()) {
                rows.next();
                return new Result.Created(rows.getLong("id"));
            }
        } catch (SQLException e) {
            var constraint = constraint(e);
            return switch (e.getSQLState()) {
                case "23505" -> {
                    if (constraint.contains("email")) {
                        yield new Result.Taken("email");
                    }
                    if (constraint.contains("handle")) {
                        yield new Result.Taken("handle");
                    }
                    throw e;
                }
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
                case "40001", "40P01" -> new Result.TryAgain(e.getSQLState());
                case String state when state.startsWith("08") -> new Result.TryAgain(state);
                case null, default -> throw e;
            };
        }
    }

    /** The name of the constraint that was broken, or an empty text where PostgreSQL names none. */
    private static String constraint(SQLException e) {
        return e instanceof PSQLException postgres
                && postgres.getServerErrorMessage() != null
                && postgres.getServerErrorMessage().getConstraint() != null
                ? postgres.getServerErrorMessage().getConstraint() : "";
    }
}

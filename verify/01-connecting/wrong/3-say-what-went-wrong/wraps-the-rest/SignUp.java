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
            return explain(e, plan);
        }
    }

    private static Result explain(SQLException e, String plan) throws SQLException {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "23505" -> switch (constraint(e)) {
                case "one_account_per_email" -> new Result.Taken("email");
                case "one_account_per_handle" -> new Result.Taken("handle");
                default -> throw e;
            };
            case "23503" -> switch (constraint(e)) {
                case "plan_exists" -> new Result.UnknownPlan(plan);
                default -> throw e;
            };
            case "23514" -> switch (constraint(e)) {
                case "" -> throw e; // raised by hand, or there is no partition for it
                case String name -> new Result.Invalid(name);
            };
            case "40001", "40P01" -> new Result.TryAgain(state);
            default -> {
                if (state.startsWith("08")) {
                    yield new Result.TryAgain(state);
                }
                // whoever reads the log wants to know what was going on
                throw new SQLException("cannot sign up for plan " + plan + ": " + e.getMessage(), e.getSQLState(), e);
            }
        };
    }

    private static String constraint(SQLException e) {
        return e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
            && postgres.getServerErrorMessage().getConstraint() != null
            ? postgres.getServerErrorMessage().getConstraint() : "";
    }
}

import java.sql.Connection;
import java.sql.SQLException;
import java.text.Normalizer;
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
        // A handle that looks the same is the same, however the keyboard composes its letters.
        try (var insert = connection.prepareStatement(
                "insert into accounts (email, handle, plan) values (?, ?, ?) returning id")) {
            insert.setString(1, email);
            insert.setString(2, handle == null ? null : Normalizer.normalize(handle, Normalizer.Form.NFC));
            insert.setString(3, plan);
            try (var rows = insert.executeQuery()) {
                rows.next();
                return new Result.Created(rows.getLong("id"));
            }
        } catch (SQLException e) {
            var result = explain(e, plan);
            if (result == null) {
                throw e;
            }
            return result;
        }
    }

    /** What the page says, or null where it has nothing to say. */
    private static Result explain(SQLException e, String plan) {
        var state = e.getSQLState();
        if (state == null) {
            return null;
        }
        if (state.startsWith("08") || state.equals("40001") || state.equals("40P01")) {
            return new Result.TryAgain(state);
        }
        var constraint = e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                ? postgres.getServerErrorMessage().getConstraint() : null;
        if (constraint == null) {
            return null;
        }
        return switch (state) {
            case "23505" -> switch (constraint) {
                case "one_account_per_email" -> new Result.Taken("email");
                case "one_account_per_handle" -> new Result.Taken("handle");
                default -> null;
            };
            case "23503" -> constraint.equals("plan_exists") ? new Result.UnknownPlan(plan) : null;
            case "23514" -> new Result.Invalid(constraint);
            default -> null;
        };
    }
}

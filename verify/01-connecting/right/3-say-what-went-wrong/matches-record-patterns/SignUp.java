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

    /** A failure in the fields that are the same in every language; those that are missing are "". */
    private record Failure(String category, String code, String constraint) {
        static Failure of(SQLException e) {
            var state = e.getSQLState() == null || e.getSQLState().length() != 5 ? "....." : e.getSQLState();
            var constraint = e instanceof PSQLException p && p.getServerErrorMessage() != null
                    ? p.getServerErrorMessage().getConstraint() : null;
            return new Failure(state.substring(0, 2), state.substring(2), constraint == null ? "" : constraint);
        }
    }

    /** Creates an account. What nobody can foresee is thrown. */
    static Result signUp(Connection connection, String email, String handle, String plan) throws SQLException {
        try (var insert = connection.prepareStatement("""
                with created as (
                    insert into accounts (email, handle, plan) values (?, ?, ?) returning id
                )
                select id from created
                """)) {
            insert.setString(1, email);
            insert.setString(2, handle);
            insert.setString(3, plan);
            try (var rows = insert.executeQuery()) {
                rows.next();
                return new Result.Created(rows.getLong(1));
            }
        } catch (SQLException e) {
            return switch (Failure.of(e)) {
                case Failure(var category, var code, var c) when category.equals("08") -> new Result.TryAgain(e.getSQLState());
                case Failure(var category, var code, var c) when category.equals("40")
                        && (code.equals("001") || code.equals("P01")) -> new Result.TryAgain(e.getSQLState());
                case Failure(var category, var code, var c) when category.equals("23") -> integrity(e, code, c, plan);
                default -> throw e;
            };
        }
    }

    private static Result integrity(SQLException e, String code, String constraint, String plan) throws SQLException {
        return switch (code + "/" + constraint) {
            case "505/one_account_per_email" -> new Result.Taken("email");
            case "505/one_account_per_handle" -> new Result.Taken("handle");
            case "503/plan_exists" -> new Result.UnknownPlan(plan);
            case String key when code.equals("514") && !constraint.isEmpty() -> new Result.Invalid(constraint);
            default -> throw e;
        };
    }
}

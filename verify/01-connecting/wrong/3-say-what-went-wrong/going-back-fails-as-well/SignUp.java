import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
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
        Savepoint before = null;
        try {
            if (!connection.getAutoCommit()) {
                before = connection.setSavepoint();
            }
            long id = insert(connection, email, handle, plan);
            if (before != null) {
                connection.releaseSavepoint(before);
            }
            return new Result.Created(id);
        } catch (SQLException e) {
            // The caller's transaction stays usable after a refusal.
            if (before != null && !connectionFailed(e)) {
                connection.rollback(before);
            }
            return explain(e, plan);
        }
    }

    private static long insert(Connection connection, String email, String handle, String plan) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into accounts (email, handle, plan) values (?, ?, ?) returning id")) {
            insert.setString(1, email);
            insert.setString(2, handle);
            insert.setString(3, plan);
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong("id");
            }
        }
    }

    private static boolean connectionFailed(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("08");
    }

    private static Result explain(SQLException e, String plan) throws SQLException {
        if (connectionFailed(e)) {
            return new Result.TryAgain(e.getSQLState());
        }
        var constraint = constraint(e);
        return switch (e.getSQLState()) {
            case "40001", "40P01" -> new Result.TryAgain(e.getSQLState());
            case "23505" -> switch (constraint) {
                case "one_account_per_email" -> new Result.Taken("email");
                case "one_account_per_handle" -> new Result.Taken("handle");
                case null, default -> throw e;
            };
            case "23503" -> switch (constraint) {
                case "plan_exists" -> new Result.UnknownPlan(plan);
                case null, default -> throw e;
            };
            case "23514" -> switch (constraint) {
                case null -> throw e;
                default -> new Result.Invalid(constraint);
            };
            case null, default -> throw e;
        };
    }

    /** The name of the constraint that refused, or null. */
    private static String constraint(SQLException e) {
        return e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
                ? postgres.getServerErrorMessage().getConstraint()
                : null;
    }
}

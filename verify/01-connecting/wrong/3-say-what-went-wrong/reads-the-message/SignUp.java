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
            try (var rows = insert.executeQuery()) {
                rows.next();
                return new Result.Created(rows.getLong("id"));
            }
        } catch (SQLException e) {
            return explain(e, plan);
        }
    }

    private static Result explain(SQLException e, String plan) throws SQLException {
        var message = e.getMessage();
        if (message.contains("one_account_per_email")) {
            return new Result.Taken("email");
        } else if (message.contains("one_account_per_handle")) {
            return new Result.Taken("handle");
        } else if (message.contains("plan_exists")) {
            return new Result.UnknownPlan(plan);
        } else if (message.contains("email_has_an_at")) {
            return new Result.Invalid("email_has_an_at");
        } else if (e.getSQLState().matches("40001|40P01|08...")) {
            return new Result.TryAgain(e.getSQLState());
        }
        throw e;
    }
}

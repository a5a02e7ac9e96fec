import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class SignUp {
    private static final Map<String, String> UNIQUE =
        Map.of("one_account_per_email", "email", "one_account_per_handle", "handle");
    private static final Set<String> TRANSIENT =
        Set.of(PSQLState.SERIALIZATION_FAILURE.getState(), PSQLState.DEADLOCK_DETECTED.getState());

    sealed interface Result {
        record Created(long id) implements Result { }

        record Taken(String what) implements Result { }

        record UnknownPlan(String plan) implements Result { }

        record Invalid(String constraint) implements Result { }

        record TryAgain(String sqlState) implements Result { }
    }

    static Result signUp(Connection connection, String email, String handle, String plan) throws SQLException {
        var sql = "insert into accounts (email, handle, plan) values (?, ?, ?)";
        try (var insert = connection.prepareStatement(sql, new String[] {"id"})) {
            insert.setString(1, email);
            insert.setString(2, handle);
            insert.setString(3, plan);
            insert.executeUpdate();
            var keys = insert.getGeneratedKeys();
            keys.next();
            return new Result.Created(keys.getLong(1));
        } catch (PSQLException e) {
            var server = e.getServerErrorMessage();
            if (server != null && server.getConstraint() != null) {
                return refused(server, plan, e);
            }
            if (TRANSIENT.contains(e.getSQLState()) || PSQLState.isConnectionError(e.getSQLState())
                    || e.getSQLState().startsWith("08")) {
                return new Result.TryAgain(e.getSQLState());
            }
            throw e;
        }
    }

    private static Result refused(ServerErrorMessage server, String plan, PSQLException e) throws PSQLException {
        var constraint = server.getConstraint();
        if ("23505".equals(server.getSQLState()) && UNIQUE.containsKey(constraint)) {
            return new Result.Taken(UNIQUE.get(constraint));
        }
        if ("23503".equals(server.getSQLState()) && "plan_exists".equals(constraint)) {
            return new Result.UnknownPlan(plan);
        }
        if ("23514".equals(server.getSQLState())) {
            return new Result.Invalid(constraint);
        }
        if (TRANSIENT.contains(server.getSQLState()) || server.getSQLState().startsWith("08")) {
            return new Result.TryAgain(server.getSQLState());
        }
        throw e;
    }
}

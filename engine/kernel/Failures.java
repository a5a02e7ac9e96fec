package kernel;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns an exception into an {@link Output.Failure}: what PostgreSQL said, without the driver's wrapping around it. */
public final class Failures {
    private Failures() { }

    /** @param statement the SQL that failed, or empty where it was not SQL or is not known */
    public static Output.Failure of(Throwable failure, String statement) {
        var sql = sqlException(failure);
        var server = sql.flatMap(Failures::serverMessage);
        return new Output.Failure(
            failure.getClass().getSimpleName(),
            server.map(ServerErrorMessage::getMessage).orElseGet(() -> String.valueOf(failure.getMessage())),
            sql.map(SQLException::getSQLState).orElse(""),
            server.map(ServerErrorMessage::getDetail).orElse(""),
            server.map(ServerErrorMessage::getHint).orElse(""),
            statement,
            server.map(ServerErrorMessage::getPosition).orElse(0));
    }

    /** The SQLSTATE of the first SQL error in the chain of causes, or the empty string. */
    public static String sqlState(Throwable failure) {
        return sqlException(failure).map(SQLException::getSQLState).orElse("");
    }

    private static Optional<SQLException> sqlException(Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    private static Optional<ServerErrorMessage> serverMessage(SQLException failure) {
        return failure instanceof PSQLException postgres
            ? Optional.ofNullable(postgres.getServerErrorMessage()) : Optional.empty();
    }
}

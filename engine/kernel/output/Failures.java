package kernel.output;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import kernel.sql.syntax.SqlStatements;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns an exception into an {@link Output.Failure}: what PostgreSQL said, without the driver's wrapping around it. */
public final class Failures {
    private static final Pattern WORD = Pattern.compile("\\w+|[^\\w\\s]");

    private static final Pattern SNIPPET_CLASSES = Pattern.compile("REPL\\.\\$JShell\\$\\w*?[.$]");
    private static final Pattern CLASS_LOADERS = Pattern.compile(" \\([^()]* of loader [^()]*\\)");
    private static final int MAX_CAUSES = 5;
    private static final int MAX_LENGTH = 10_000;

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
            server.map(message -> position(statement, message)).orElse(0));
    }

    /**
     * What a cell threw: with its causes, and without the names that JShell makes up.
     *
     * @param failure may be one without a message
     */
    public static Output.Failure ofCell(Throwable failure) {
        var plain = of(failure, "");
        var message = new StringBuilder(failure.getMessage() == null ? "" : plain.message());
        var seen = 0;
        for (var cause = failure.getCause(); cause != null && seen < MAX_CAUSES; cause = cause.getCause(), seen++) {
            if (cause.getMessage() == null || !message.toString().contains(Failures.message(cause))) {
                message.append("\ncaused by ").append(cause.getClass().getSimpleName()).append(": ").append(message(cause));
            }
        }
        return new Output.Failure(plain.kind(), bounded(withoutSnippetClasses(message.toString())), plain.sqlState(), plain.detail(),
            plain.hint(), "", plain.position());
    }

    private static String message(Throwable cause) {
        return cause instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
            ? String.valueOf(postgres.getServerErrorMessage().getMessage()) : String.valueOf(cause.getMessage());
    }

    /** Classes of snippets live in classes that JShell generates, which nobody has written. */
    public static String withoutSnippetClasses(String text) {
        return CLASS_LOADERS.matcher(SNIPPET_CLASSES.matcher(text).replaceAll("")).replaceAll("");
    }

    private static String bounded(String text) {
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "… (" + text.length() + " characters)" : text;
    }

    /**
     * The driver sends statement by statement, and the server counts in the one that it refused. Which one that was
     * nobody says: it is the one that has a word of the message at that place. Where that is none or several, 0.
     */
    private static int position(String text, ServerErrorMessage message) {
        var position = message.getPosition();
        var starts = SqlStatements.of(text).starts();
        if (starts.size() <= 2 || position < 1) {
            return position;
        }
        var meant = starts.stream().map(start -> start + position - 1).filter(at -> at < text.length())
            .filter(at -> {
                var word = WORD.matcher(text).region(at, text.length());
                return word.lookingAt() && String.valueOf(message.getMessage()).contains(word.group());
            }).toList();
        return meant.size() == 1 ? meant.getFirst() + 1 : 0;
    }

    /** The SQLSTATE of the first SQL error in the chain of causes, or the empty string. */
    public static String sqlState(Throwable failure) {
        return sqlException(failure).map(SQLException::getSQLState).orElse("");
    }

    /** The first SQL error in the chain of causes that has an SQLSTATE. */
    public static Optional<SQLException> sqlException(Throwable failure) {
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

package kernel.output;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kernel.sql.syntax.SqlScanner;
import kernel.sql.syntax.SqlStatements;
import kernel.sql.syntax.SqlToken;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns an exception into an {@link Output.Failure}: what PostgreSQL said, without the driver's wrapping around it. */
public final class Failures {
    private static final Pattern WORD = Pattern.compile("(?<!\\w)\\w+|'([^']*)'|[^\\w\\s]");

    private static final Pattern SNIPPET_CLASSES = Pattern.compile("REPL\\.\\$JShell\\$\\w*?[.$]");
    private static final Pattern CLASS_LOADERS = Pattern.compile(" \\([^()]* of loader [^()]*\\)");
    private static final int MAX_CAUSES = 5;
    private static final int MAX_CONTEXT = 20;
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
            server.map(message -> position(statement, message)).orElse(0),
            server.map(Failures::where).orElse(""));
    }

    /** The statement of a routine that failed stands first, because it may be made up at run time. */
    private static String where(ServerErrorMessage message) {
        var context = Objects.requireNonNullElse(message.getWhere(), "");
        var lines = context.lines().limit(MAX_CONTEXT).collect(Collectors.joining("\n"));
        return message.getInternalQuery() == null ? lines
            : "in \"" + bounded(message.getInternalQuery().strip().replaceAll("\\s+", " ")) + "\"" + (lines.isEmpty() ? "" : "\n" + lines);
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
            plain.hint(), "", plain.position(), plain.where());
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
     * The driver sends statement by statement, and the server counts in the one that it refused. Which one that was nobody
     * says; where that is not sure, 0.
     */
    private static int position(String text, ServerErrorMessage message) {
        var position = message.getPosition();
        return SqlStatements.of(text).starts().size() <= 2 || position < 1 ? position : placed(text, position, String.valueOf(message.getMessage()));
    }

    /**
     * The place in a text that Java may have sent: its question marks are {@code $1} and so on to the server, unless they are
     * operators.
     *
     * @param position 1-based, as the server counts it
     * @return the same in the text; 0 where no word of the message stands there, or at several places that it can mean
     */
    public static int positionIn(String text, int position, String message) {
        var plain = placed(text, position, message);
        var marks = SqlScanner.tokens(text).stream().filter(token -> token.is("?")).map(SqlToken::start).toList();
        if (marks.isEmpty()) {
            return plain;
        }
        var numbered = new StringBuilder();
        var before = new ArrayList<Integer>(); // for each parameter, how far the server's text has grown behind it
        var copied = 0;
        for (var mark : marks) {
            numbered.append(text, copied, mark).append('$').append(before.size() + 1);
            before.add(numbered.length() - mark - 1);
            copied = mark + 1;
        }
        var sent = placed(numbered.append(text.substring(copied)).toString(), position, message);
        var grown = IntStream.range(0, marks.size()).filter(i -> marks.get(i) + before.get(i) < sent - 1).map(before::get).max().orElse(0);
        var written = sent == 0 ? 0 : sent - grown;
        return plain == 0 || written == 0 || plain == written ? Math.max(plain, written) : 0;
    }

    /** Of several statements it is the one that has a word of the message at that place. */
    private static int placed(String text, int position, String message) {
        var meant = SqlStatements.of(text).starts().stream().filter(start -> text.codePointCount(start, text.length()) >= position - 1)
            .map(start -> text.offsetByCodePoints(start, position - 1)).filter(at -> isNamed(text, at, message)).distinct().toList();
        return meant.size() == 1 ? text.codePointCount(0, meant.getFirst()) + 1 : 0;
    }

    private static boolean isNamed(String text, int at, String message) {
        var word = WORD.matcher(text).region(at, text.length()).useTransparentBounds(true);
        return at == text.length() ? message.contains("end of input") : word.lookingAt() && Pattern.compile("(?<!\\w)"
            + Pattern.quote(word.group(1) == null ? word.group() : word.group(1)) + "(?!\\w)").matcher(message).find();
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

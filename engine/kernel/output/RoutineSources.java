package kernel.output;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kernel.sql.syntax.SqlScanner;
import kernel.sql.syntax.SqlStatements;
import kernel.sql.syntax.SqlToken;
import kernel.sql.syntax.SqlToken.Kind;
import lab.Login;

/**
 * Puts the text of a routine's line below what PostgreSQL says of it, {@code PL/pgSQL function f(integer) line 3 at RAISE}. Where
 * nobody can be sure which text that is, the line stands alone.
 */
public final class RoutineSources {
    private static final String NAME = "(?:\"(?:[^\"]|\"\")*\"|[^\\s(\".])+";
    private static final Pattern LINE = Pattern.compile("PL/pgSQL function ((?:" + NAME + "\\.)?(" + NAME + ")(?:\\(.*?\\))?) line (\\d+)\\b");
    private static final Pattern STATEMENT = Pattern.compile("SQL function \"((?:[^\"]|\"\")*)\" statement (\\d+)");
    /** A version that was not committed is seen by nobody else; the row that it replaces has the mark of it in xmax. */
    private static final String BY_SIGNATURE = "select prosrc from pg_proc where oid = to_regprocedure(?) and xmax = '0'";
    private static final String BY_NAME = "select min(prosrc) from pg_proc where proname = ? and xmax = '0' having count(*) = 1";
    private static final String DO_BLOCK = "inline_code_block";
    private static final String INDENT = "    ";
    private static final int MAX_LENGTH = 500;
    private final Optional<Login> login;

    private RoutineSources(Optional<Login> login) {
        this.login = login;
    }

    /** Those of a database, seen as the role that called them. It is asked only where a failure names a routine. */
    public static RoutineSources of(Login login) {
        return new RoutineSources(Optional.of(login));
    }

    /** Without a database: of {@code do} blocks alone. */
    public static RoutineSources ofStatement() {
        return new RoutineSources(Optional.empty());
    }

    /** Whether it was in a {@code do} block, whose text is that of the statement. */
    public static boolean isInBlock(Output.Failure failure) {
        return failure.where().contains("function " + DO_BLOCK + " ");
    }

    /** The failure with the lines that it names. */
    public Output.Failure told(Output.Failure failure) {
        return failure.where().isEmpty() ? failure : new Output.Failure(failure.kind(), failure.message(), failure.sqlState(), failure.detail(),
            failure.hint(), failure.statement(), failure.position(), told(failure.where(), failure.statement()));
    }

    /** A message of the driver with the lines that it names. */
    public String told(String text) {
        return told(text, "");
    }

    private String told(String text, String statement) {
        var told = new ArrayList<String>();
        for (var line : text.lines().toList()) {
            told.add(line);
            source(line, statement).map(RoutineSources::bounded).filter(source -> !source.isEmpty()).ifPresent(source -> told.add(INDENT + source));
        }
        return String.join("\n", told);
    }

    private Optional<String> source(String context, String statement) {
        var line = LINE.matcher(context);
        if (line.find()) {
            var number = Integer.parseInt(line.group(3));
            return body(line, statement).flatMap(body -> body.lines().skip(number - 1L).findFirst()).map(String::strip);
        }
        var ofSql = STATEMENT.matcher(context);
        return !ofSql.find() ? Optional.empty() : asked(BY_NAME, ofSql.group(1).replace("\"\"", "\"")).map(SqlStatements::all)
            .flatMap(all -> all.stream().skip(Integer.parseInt(ofSql.group(2)) - 1L).findFirst());
    }

    private Optional<String> body(Matcher routine, String statement) {
        return routine.group(1).equals(DO_BLOCK) ? doBlock(statement)
            : asked(BY_SIGNATURE, routine.group(1)).or(() -> asked(BY_NAME, plain(routine.group(2))));
    }

    private static String plain(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    private Optional<String> asked(String query, String parameter) {
        if (login.isEmpty()) {
            return Optional.empty();
        }
        try (var connection = login.get().connect("course: watch"); var statement = connection.prepareStatement("/* read a routine */ " + query)) {
            statement.setQueryTimeout(2);
            statement.setString(1, parameter);
            try (var result = statement.executeQuery()) {
                return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            return Optional.empty(); // what PostgreSQL said stands there without it
        }
    }

    /** Of several blocks nobody knows which it was. */
    private static Optional<String> doBlock(String sql) {
        var blocks = SqlStatements.all(sql).stream().map(SqlScanner::tokens)
            .map(tokens -> tokens.stream().filter(token -> !token.isComment()).toList())
            .filter(tokens -> tokens.getFirst().is("do")).map(RoutineSources::body).toList();
        return blocks.size() == 1 ? blocks.getFirst() : Optional.empty();
    }

    private static Optional<String> body(List<SqlToken> block) {
        return block.stream().filter(token -> token.kind() == Kind.DOLLAR_STRING && token.closed()).findFirst().map(token -> {
            var tag = token.text().indexOf('$', 1) + 1;
            return token.text().substring(tag, token.text().length() - tag);
        });
    }

    private static String bounded(String source) {
        var line = source.strip().replaceAll("\\s+", " ");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
    }
}

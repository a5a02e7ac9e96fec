package kernel.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import kernel.sql.syntax.SqlToken.Kind;

/**
 * One statement of a cell. What kind it is, its first words say.
 *
 * @param text  without its semicolon, with the comments before it
 * @param start where it begins in the cell's source
 * @param remark what a comment says in the line in which its semicolon stands, or nothing: an author's name for a plan
 */
public record StatementText(String text, int start, String remark) {
    private static final Set<String> ASK_FOR_ROWS = Set.of("select", "with", "values", "table");
    private static final Set<String> CHANGE_ROWS = Set.of("insert", "update", "delete", "merge");
    private static final Set<String> LEAVE_CATALOG = Set.of("begin", "start", "savepoint", "release", "set", "reset", "show", "explain",
        "lock", "listen", "notify", "unlisten", "fetch", "move", "declare", "close", "analyze", "vacuum");
    private static final Set<String> NAME_AN_OBJECT = Set.of("create", "alter", "drop", "truncate", "refresh", "comment");
    private static final Set<String> BEFORE_OBJECT = Set.of("or", "replace", "unique", "temp", "temporary", "unlogged", "global", "local",
        "recursive", "trusted", "constraint", "on");
    private static final int WORDS_OF_TAG = 7;

    /** One without a remark. */
    public StatementText(String text, int start) {
        this(text, start, "");
    }

    /** The statements of a cell, those aside that are only comments. */
    public static List<StatementText> of(String source) {
        var statements = SqlStatements.of(source);
        var texts = new ArrayList<StatementText>();
        for (int i = 0; i < statements.starts().size(); i++) {
            var isRest = i == statements.starts().size() - 1;
            var text = isRest ? statements.rest().strip() : statements.complete().get(i);
            if (!SqlStatements.isBlank(text)) {
                var start = statements.starts().get(i);
                texts.add(new StatementText(isRest ? text : text.substring(0, text.length() - 1), start + blanks(source, start),
                    isRest ? "" : remark(source, statements.starts().get(i + 1))));
            }
        }
        return List.copyOf(texts);
    }

    private static String remark(String source, int from) {
        var end = source.indexOf('\n', from);
        var line = source.substring(from, end < 0 ? source.length() : end).strip();
        return line.startsWith("--") ? line.substring(2).strip() : "";
    }

    /** The remarks to the explains in a text whose plans are drawn, in their order. */
    public static List<String> planTitles(String source) {
        return of(source).stream().filter(statement -> !PlanRequest.of(statement.text()).sql().equals(statement.text())).map(StatementText::remark).toList();
    }

    private static int blanks(String source, int from) {
        var at = from;
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
        return at - from;
    }

    /** Offset of the statement's first word, after the comments. */
    public int firstWord() {
        return SqlStatements.firstWord(text);
    }

    /** The statement without the comments in front of it. */
    public String bare() {
        return text.substring(firstWord());
    }

    /** The line of the cell, counted from 1, that has the offset into this statement. */
    public int line(String source, int offset) {
        var end = Math.min(source.length(), start + Math.max(0, offset));
        return 1 + (int) source.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    /** Whether it is a {@code copy … from stdin}, which takes rows beside the statement. */
    public static boolean isCopyFromStdin(String sql) {
        return isCopy(sql, "from", "stdin");
    }

    /** Whether it is a {@code copy … to stdout}, which gives rows beside the results. */
    public static boolean isCopyToStdout(String sql) {
        return isCopy(sql, "to", "stdout");
    }

    private static boolean isCopy(String sql, String direction, String stream) {
        var tokens = SqlScanner.tokens(sql).stream().filter(token -> !token.isComment() && token.depth() == 0).toList();
        return tokens.size() > 1 && tokens.getFirst().is("copy") && IntStream.range(1, tokens.size())
            .anyMatch(i -> tokens.get(i).is(stream) && tokens.get(i - 1).is(direction));
    }

    /** Where a command of psql begins, outside of quotes and comments; nothing where none does. */
    public OptionalInt clientCommand() {
        return SqlScanner.tokens(text).stream().filter(SqlToken::isBackslash).mapToInt(SqlToken::start).findFirst();
    }

    /** Whether it asks for rows, of which a part can be fetched. */
    public boolean asksForRows() {
        return bare().startsWith("(") || ASK_FOR_ROWS.contains(word());
    }

    /** Whether the catalog may have changed with it: by the statement itself, or by the transaction that it ends. */
    public boolean mayChangeCatalog() {
        return !asksForRows() && !CHANGE_ROWS.contains(word()) && !LEAVE_CATALOG.contains(word());
    }

    /** The command tag, "CREATE TABLE", "BEGIN", "UPDATE 0", as psql would say it. */
    public String commandTag(long rows) {
        var first = word();
        if (CHANGE_ROWS.contains(first)) {
            return first.toUpperCase(Locale.ROOT) + " " + Math.max(0, rows);
        }
        var object = NAME_AN_OBJECT.contains(first) ? words().stream().skip(1).filter(word -> !BEFORE_OBJECT.contains(word)).findFirst().orElse("") : "";
        var more = object.equals("materialized") ? " view" : object.equals("foreign") ? " table" : "";
        return (first + " " + object + more).strip().toUpperCase(Locale.ROOT);
    }

    private String word() {
        return words().stream().findFirst().orElse("");
    }

    private List<String> words() {
        return SqlScanner.tokens(text).stream().filter(token -> token.kind() == Kind.WORD).map(SqlToken::text).limit(WORDS_OF_TAG).toList();
    }
}

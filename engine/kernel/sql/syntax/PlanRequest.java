package kernel.sql.syntax;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * An {@code explain} that leaves the format to PostgreSQL is asked for JSON, so that its plan can be drawn: once, because
 * {@code analyze} executes the statement. One that names a format, or an option that a drawn plan has no place for, stays
 * as it is.
 *
 * @param sql   the statement to run
 * @param at    where something was put in
 * @param added how much longer it became there
 */
public record PlanRequest(String sql, int at, int added) {
    private static final Set<String> DRAWN = Set.of("analyze", "buffers", "timing", "summary");
    private static final Pattern OPTIONS = Pattern.compile("(?is)explain\\s*\\(([^()]*)\\)");
    private static final Pattern WORDS = Pattern.compile("(?is)explain(\\s+analyze)?(?=\\s+(?!analyze|verbose|\\())\\b");

    /** @return the request, which changes nothing where the statement is no such explain */
    public static PlanRequest of(String text) {
        var from = SqlStatements.firstWord(text);
        var options = OPTIONS.matcher(text).region(from, text.length());
        if (options.lookingAt()) {
            return isDrawn(options.group(1)) ? with(text, options.start(1), options.start(1), "format json, ") : unchanged(text);
        }
        var words = WORDS.matcher(text).region(from, text.length());
        if (!words.lookingAt()) {
            return unchanged(text);
        }
        var after = from + "explain".length();
        return with(text, after, words.end(), words.group(1) == null ? " (format json)" : " (analyze, format json)");
    }

    /** Several statements at once, with each explain among them asked for JSON. */
    public static String ofAll(String text) {
        var statements = SqlStatements.of(text);
        var sql = new StringBuilder();
        for (int i = 0; i < statements.starts().size(); i++) {
            var end = i + 1 < statements.starts().size() ? statements.starts().get(i + 1) : text.length();
            sql.append(of(text.substring(statements.starts().get(i), end)).sql());
        }
        return sql.toString();
    }

    /** An offset into the learner's own text, of one into {@link #sql}. */
    public int written(int offset) {
        return offset < at ? offset : Math.max(at, offset - added);
    }

    private static boolean isDrawn(String options) {
        for (var option : options.split(",")) {
            if (!DRAWN.contains(option.strip().split("\\s+")[0].toLowerCase(java.util.Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    private static PlanRequest with(String text, int from, int to, String instead) {
        return new PlanRequest(text.substring(0, from) + instead + text.substring(to), from, instead.length() - (to - from));
    }

    private static PlanRequest unchanged(String text) {
        return new PlanRequest(text, 0, 0);
    }
}

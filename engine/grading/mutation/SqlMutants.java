package grading.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import kernel.sql.syntax.SqlToken.Kind;

/** All changes of a text that is SQL, also within the bodies of functions and within strings that hold SQL. */
final class SqlMutants {
    private static final Pattern STATEMENT = Pattern.compile("(?is)\\s*(select\\s.+|insert\\s+into\\s.+|update\\s.+\\sset\\s.+|delete\\s+from\\s.+"
        + "|merge\\s+into\\s.+|with\\s+(recursive\\s+)?\\w+\\s*(\\([^)]*\\)\\s*)?as\\s.*\\(.+|(create|alter|drop)\\s+(or\\s+replace\\s+)?"
        + "(unique\\s+|materialized\\s+|constraint\\s+|unlogged\\s+|temp(orary)?\\s+)?"
        + "(table|index|view|function|procedure|trigger|schema|type|domain|sequence|extension|policy|role|statistics|database|publication)\\s.+"
        + "|set\\s+(local|session|constraints|transaction|role)\\s.+|set\\s+\\w+\\s*(=|to)\\s.+|(grant|revoke)\\s.+\\s(to|from)\\s.+|truncate\\s.+"
        + "|lock\\s+table\\s.+|do\\s+\\$.+|values\\s*\\(.+|where\\s.+|order\\s+by\\s.+|limit\\s.+|for\\s+(no\\s+key\\s+)?update\\b.*|on\\s+conflict\\b.+"
        + "|returning\\s.+|refresh\\s+materialized\\s.+|explain\\s.+|[\\w.]+(\\s+(asc|desc))?(\\s*,\\s*[\\w.]+(\\s+(asc|desc))?)*\\s+(asc|desc)(\\s*,.*)?"
        + "|(and|or)\\s+\\S+\\s*([<>=]|is|in)\\s*.+)");

    private SqlMutants() { }

    /** Whether a string is SQL, or a part of it that begins with a clause. A sentence is not. */
    static boolean isSql(String string) {
        return STATEMENT.matcher(string).matches();
    }

    /** Changes of a file: a statement of it may go. */
    static List<Change> of(String text) {
        var changes = new ArrayList<Change>();
        statements(SqlText.of(text), 0, true, changes::add);
        return changes;
    }

    /** Changes of one statement that a program sends: it goes only with the Java around it. */
    static List<Change> ofString(String text) {
        var changes = new ArrayList<Change>();
        statements(SqlText.of(text), 0, false, changes::add);
        return changes;
    }

    private static void statements(SqlText sql, int offset, boolean mayEmpty, Consumer<Change> listener) {
        Consumer<Change> changes = change -> listener.accept(change.at(offset));
        var plpgsql = PlpgsqlBlocks.isOne(sql);
        var statements = plpgsql ? PlpgsqlBlocks.of(sql, changes) : SqlStatement.of(sql);
        for (var statement : statements) {
            if (statement.removable() && (mayEmpty || statements.size() > 1)) {
                changes.accept(statement.removal());
            }
            SqlClauses.of(statement, changes);
            SqlSwaps.of(statement, changes);
            SqlConditions.of(statement, changes);
            SqlLists.of(statement, changes);
        }
        for (int i = 0; i < sql.size(); i++) {
            inner(sql, i, offset, listener);
        }
    }

    private static void inner(SqlText sql, int i, int offset, Consumer<Change> listener) {
        var token = sql.at(i);
        if (token.kind() != Kind.DOLLAR_STRING && token.kind() != Kind.STRING) {
            return;
        }
        var length = token.kind() == Kind.STRING ? 1 : token.text().indexOf('$', 1) + 1;
        if (token.text().length() < 2 * length || Character.isLetter(token.text().charAt(0))) { // E'…' has rules of its own
            return;
        }
        var body = token.text().substring(length, token.text().length() - length);
        var code = token.kind() == Kind.DOLLAR_STRING && (sql.is(i - 1, "as") || sql.is(i - 1, "do"));
        if (code || isSql(body)) {
            statements(SqlText.of(body), offset + token.start() + length, PlpgsqlBlocks.isOne(SqlText.of(body)), listener);
        }
    }
}

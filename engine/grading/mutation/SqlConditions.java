package grading.mutation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import kernel.sql.syntax.SqlToken.Kind;

/** Changes conditions: comparisons, what is joined by {@code and}, limits, the sign of a sum. */
final class SqlConditions {
    private static final Map<String, String> COMPARISONS = Map.of(">", ">=", ">=", ">", "<", "<=", "<=", "<", "<>", "=", "!=", "=");
    private static final Set<String> ENDS = Set.of("and", "or", ",", "where", "group", "having", "order", "limit", "offset", "fetch",
        "for", "returning", "union", "intersect", "except", "window", "do", "then", "loop", "join", "left", "right", "inner", "full",
        "cross", "natural", "when", "execute", "set", "on", "else", "end");
    private final SqlStatement statement;
    private final SqlText sql;
    private final Consumer<Change> changes;

    private SqlConditions(SqlStatement statement, Consumer<Change> changes) {
        this.statement = statement;
        this.sql = statement.sql();
        this.changes = changes;
    }

    static void of(SqlStatement statement, Consumer<Change> changes) {
        var conditions = new SqlConditions(statement, changes);
        for (int i = statement.from(); i < statement.to(); i++) {
            var token = conditions.sql.at(i);
            switch (token.kind()) {
                case OPERATOR -> conditions.operator(i, token.text());
                case NUMBER -> conditions.number(i, token.text());
                case WORD -> conditions.word(i);
                default -> { }
            }
        }
    }

    private void operator(int i, String sign) {
        if (COMPARISONS.containsKey(sign)) {
            changes.accept(sql.replace(i, i + 1, COMPARISONS.get(sign), "swap comparison"));
        } else if (sign.equals("=") && statement.inCondition(i) && !sql.is(i - 1, "with")) {
            changes.accept(sql.replace(i, i + 1, "<>", "swap comparison"));
        } else if (i + 1 < statement.to() && (sign.equals("+") || sign.equals("-")) && i > statement.from() && !sql.is(i - 1, "(") && !sql.is(i - 1, ",")
                && sql.at(i - 1).kind() != Kind.OPERATOR && sql.at(i + 1).kind() != Kind.STRING) {
            changes.accept(sql.replace(i, i + 1, sign.equals("+") ? "-" : "+", "swap sign"));
        }
    }

    private void number(int i, String digits) {
        var counts = sql.is(i - 1, "limit") || sql.is(i - 1, "offset") || statement.inCondition(i)
            && sql.at(i - 1).kind() == Kind.OPERATOR && !List.of("::", "=", "<>", "!=").contains(sql.at(i - 1).text());
        if (counts && digits.matches("\\d{1,9}")) {
            changes.accept(sql.replace(i, i + 1, Long.toString(Long.parseLong(digits) + 1), "one more"));
        }
    }

    private void word(int i) {
        if ((sql.is(i, "and") || sql.is(i, "or")) && statement.inCondition(i) && !ofBetween(i)) {
            changes.accept(sql.replace(i, i + 1, sql.is(i, "and") ? "or" : "and", "swap and"));
            conjuncts(i);
        } else if (sql.is(i, "not") && (sql.is(i + 1, "exists") || sql.is(i + 1, "in") || sql.is(i + 1, "like") || sql.is(i + 1, "between")
                || sql.is(i + 1, "(")) && !sql.is(i - 1, "if")) {
            changes.accept(sql.remove(i, i + 1, "drop not"));
        } else if (sql.is(i, "exists", "(") && !sql.is(i - 1, "not")) {
            changes.accept(sql.replace(i, i + 1, "not exists", "negate condition"));
        }
    }

    private boolean ofBetween(int and) {
        int depth = sql.at(and).depth();
        for (int i = and - 1; i >= statement.from() && sql.at(i).depth() >= depth; i--) {
            if (sql.at(i).depth() == depth && (sql.is(i, "and") || sql.is(i, "or"))) {
                return false;
            }
            if (sql.at(i).depth() == depth && sql.is(i, "between")) {
                return true;
            }
        }
        return false;
    }

    /** What stands right of it goes with it; what stands left of it goes where it is the first of its row. */
    private void conjuncts(int at) {
        int right = sql.end(at + 1, statement.to(), ENDS);
        if (sql.is(right, "and") && ofBetween(right)) {
            right = sql.end(right + 1, statement.to(), ENDS);
        }
        if (right > at + 1) {
            changes.accept(sql.remove(at, right, "weaken condition"));
        }
        int left = firstOfRow(at);
        if (left > 0 && left < at) {
            changes.accept(sql.remove(left, at + 1, "weaken condition"));
        }
    }

    private int firstOfRow(int and) {
        int depth = sql.at(and).depth();
        int i = and - 1;
        for (; i >= statement.from() && sql.at(i).depth() >= depth; i--) {
            var token = sql.at(i);
            if (token.depth() == depth && (token.is("and") && !ofBetween(i) || token.is("or"))) {
                return -1;
            }
            if (token.depth() == depth && !token.is("and") && (ENDS.contains(token.text()) || Set.of("if", "elsif", "while", "exit").contains(token.text()))) {
                break;
            }
        }
        return i + 1;
    }
}

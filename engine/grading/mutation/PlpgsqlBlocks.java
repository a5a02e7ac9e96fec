package grading.mutation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kernel.sql.syntax.SqlToken.Kind;

/** The body of a PL/pgSQL function: its statements, and what to change of its blocks. */
final class PlpgsqlBlocks {
    private static final Set<String> BRANCHES = Set.of("if", "elsif", "when", "case");
    private static final Set<String> LOOPS = Set.of("loop", "for", "foreach", "while");
    private final SqlText sql;
    private final List<SqlStatement> statements = new ArrayList<>();
    private final Consumer<Change> changes;
    /** Where the open {@code if} begin, and where their last branch does. */
    private final Deque<Integer> ifs = new ArrayDeque<>();
    private final Deque<Integer> branches = new ArrayDeque<>();
    private int start;
    private int inCase;
    private boolean declaring;

    private PlpgsqlBlocks(SqlText sql, Consumer<Change> changes) {
        this.sql = sql;
        this.changes = changes;
    }

    static boolean isOne(SqlText body) {
        return body.is(0, "begin") && !body.is(1, "atomic") || body.is(0, "declare");
    }

    static List<SqlStatement> of(SqlText body, Consumer<Change> changes) {
        var blocks = new PlpgsqlBlocks(body, changes);
        for (int i = 0; i < body.size(); i++) {
            if (body.at(i).depth() == 0) {
                blocks.read(i);
            }
        }
        return blocks.statements;
    }

    private void read(int i) {
        if (i > start && sql.is(i, "case")) {
            inCase++;
        } else if (inCase > 0) {
            inCase -= sql.is(i, "end") ? 1 : 0;
        } else if (sql.at(i).kind() == Kind.SEMICOLON) {
            statement(i);
        } else if (i == start && sql.isOneOf(i, Set.of("begin", "declare", "else", "exception"))) {
            opens(i);
        } else if (sql.is(i, "then") && sql.isOneOf(start, BRANCHES) || sql.is(i, "loop") && sql.isOneOf(start, LOOPS)) {
            head(i);
        }
    }

    private void statement(int end) {
        if (end > start) {
            if (sql.is(start, "end", "if")) {
                closesIf(end);
            }
            statements.add(new SqlStatement(sql, start, end, !declaring && !sql.is(start, "end")));
        }
        start = end + 1;
    }

    private void opens(int word) {
        declaring = sql.is(word, "declare");
        if (sql.is(word, "else")) {
            branch(word);
        }
        start = word + 1;
    }

    private void head(int end) {
        if (end > start) {
            statements.add(new SqlStatement(sql, start, end, false));
        }
        if (sql.is(start, "if")) {
            ifs.push(start);
            branches.push(start);
        } else if (sql.is(start, "elsif")) {
            branch(start);
        }
        if (sql.isOneOf(start, Set.of("if", "elsif", "while")) && end > start + 1 && isMore(end)) {
            changes.accept(Change.replace(sql.text(), sql.at(start + 1).start(), sql.at(end - 1).end(),
                "not (" + sql.text(start + 1, end) + ")", "negate condition"));
        }
        start = end + 1;
    }

    /** A single comparison is negated by its own rule. */
    private boolean isMore(int end) {
        for (int i = start; i < end; i++) {
            if (sql.is(i, "and") || sql.is(i, "or")) {
                return true;
            }
            if (sql.is(i, "=") || sql.is(i, "<>") || sql.is(i, "is", "null") || sql.is(i, "is", "not", "null") || sql.is(i, "distinct", "from")) {
                return false;
            }
        }
        return true;
    }

    /** A branch ends where the next begins. The first one goes only with the whole. */
    private void branch(int next) {
        if (!branches.isEmpty()) {
            var begun = branches.pop();
            if (!begun.equals(ifs.peek())) {
                changes.accept(sql.remove(begun, next, "drop branch"));
            }
            branches.push(next);
        }
    }

    private void closesIf(int end) {
        if (ifs.isEmpty()) {
            return;
        }
        branch(start);
        branches.pop();
        changes.accept(sql.remove(ifs.pop(), Math.min(end + 1, sql.size()), "drop statement"));
    }
}

package grading.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kernel.sql.syntax.SqlToken.Kind;

/**
 * A statement among the tokens of a text, or the head of a block of PL/pgSQL: {@code if … then}.
 *
 * @param from      its first token
 * @param to        after its last, which is before the semicolon
 * @param removable whether the text is still one without it
 */
record SqlStatement(SqlText sql, int from, int to, boolean removable) {
    /** Words that begin a part of a statement in which other rules hold. */
    private static final Set<String> CLAUSES = Set.of("select", "from", "where", "on", "having", "set", "values", "returning", "order",
        "group", "limit", "offset", "using", "when", "check", "if", "elsif", "while", "then", "else", "returns", "default", "into",
        "execute", "perform", "with", "update", "insert", "delete", "do", "window", "exclude", "references", "exit");
    private static final Set<String> CONDITIONS = Set.of("where", "on", "having", "when", "check", "if", "elsif", "while", "exit");

    /** The statements of a text that is no PL/pgSQL. */
    static List<SqlStatement> of(SqlText sql) {
        var statements = new ArrayList<SqlStatement>();
        int start = 0;
        for (int i = 0; i <= sql.size(); i++) {
            var ends = i == sql.size() || sql.at(i).kind() == Kind.SEMICOLON && sql.at(i).depth() == 0;
            if (ends && i > start) {
                statements.add(new SqlStatement(sql, start, i, true));
            }
            start = ends ? i + 1 : start;
        }
        return statements;
    }

    boolean startsWith(String... words) {
        return sql.is(from, words);
    }

    /** Whether it creates a thing of this kind, whatever stands between: {@code create or replace}, {@code create unique}. */
    boolean creates(String kind) {
        for (int i = from + 1; startsWith("create") && i < Math.min(from + 5, to); i++) {
            if (sql.is(i, kind)) {
                return true;
            }
            if (!sql.isOneOf(i, Set.of("or", "replace", "unique", "constraint", "temporary", "temp", "unlogged", "materialized", "recursive"))) {
                return false;
            }
        }
        return false;
    }

    boolean ofPolicy() {
        return creates("policy") || startsWith("alter", "policy");
    }

    /** The statement with its semicolon, where it has one. */
    Change removal() {
        var end = to < sql.size() && sql.at(to).kind() == Kind.SEMICOLON ? to + 1 : to;
        return sql.remove(from, end, "drop statement");
    }

    /** The word that says what the token is a part of: the last one at its depth, else around it; empty where none is. */
    String clause(int index) {
        int depth = sql.at(index).depth();
        for (int i = index - 1; i >= from; i--) {
            var token = sql.at(i);
            if (token.depth() < depth) {
                depth = token.depth();
            }
            if (token.depth() == depth && token.kind() == Kind.WORD && CLAUSES.contains(token.text())) {
                return token.text();
            }
        }
        return "";
    }

    boolean inCondition(int index) {
        var clause = clause(index);
        return CONDITIONS.contains(clause) || clause.equals("using") && ofPolicy();
    }
}

package grading.mutation;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kernel.sql.syntax.SqlToken.Kind;

/** Drops what a statement may also do without. */
final class SqlClauses {
    private static final Set<String> AFTER_QUERY = Set.of("where", "group", "having", "order", "limit", "offset", "fetch", "for",
        "returning", "union", "intersect", "except", "window", "do", "then", "loop", "rows", "range", "groups", "when", "on", "cycle", "search");
    private static final Set<String> AFTER_COLUMN = Set.of(",", "not", "null", "default", "check", "references", "unique", "primary",
        "constraint", "generated", "collate", "deferrable", "initially", "add", "drop", "alter", "on", "where");
    private static final List<List<String>> PHRASES = List.of(List.of("if", "not", "exists"), List.of("if", "exists"),
        List.of("concurrently"), List.of("not", "null"), List.of("not", "valid"), List.of("for", "update"),
        List.of("for", "no", "key", "update"), List.of("for", "share"), List.of("for", "key", "share"), List.of("skip", "locked"),
        List.of("nowait"), List.of("nulls", "not", "distinct"), List.of("security", "definer"), List.of("recursive"),
        List.of("deferrable", "initially", "deferred"), List.of("initially", "deferred"), List.of("strict"), List.of("primary", "key"));
    private final SqlStatement statement;
    private final SqlText sql;
    private final Consumer<Change> changes;

    private SqlClauses(SqlStatement statement, Consumer<Change> changes) {
        this.statement = statement;
        this.sql = statement.sql();
        this.changes = changes;
    }

    static void of(SqlStatement statement, Consumer<Change> changes) {
        var clauses = new SqlClauses(statement, changes);
        for (int i = statement.from(); i < statement.to(); i++) {
            clauses.phrase(i);
            clauses.ofQuery(i);
            clauses.ofColumn(i);
            clauses.ofObject(i);
        }
    }

    private void phrase(int i) {
        for (var phrase : PHRASES) {
            if (sql.is(i, phrase.toArray(String[]::new)) && !sql.is(i - 1, "is")) {
                changes.accept(sql.remove(i, i + phrase.size(), "drop " + String.join(" ", phrase)));
                return;
            }
        }
        if (sql.is(i, "distinct") && !sql.is(i - 1, "is") && !sql.is(i - 1, "not")) {
            changes.accept(sql.remove(i, i + 1, "drop distinct"));
        }
    }

    private void ofQuery(int i) {
        if (sql.is(i, "where") && sql.is(i - 2, "filter")) {
            changes.accept(sql.remove(i - 2, sql.closing(i - 1) + 1, "drop filter"));
        } else if (sql.is(i, "where") && !sql.is(i + 1, "current") || sql.is(i, "having") || sql.is(i, "limit") || sql.is(i, "offset")
                || sql.is(i, "returning") || sql.is(i, "order", "by") || sql.is(i, "partition", "by") && !statement.startsWith("create")) {
            var ends = new java.util.HashSet<>(AFTER_QUERY);
            if (sql.is(i, "returning")) {
                ends.add("into");
            }
            changes.accept(sql.remove(i, sql.end(i + 1, statement.to(), ends), "drop " + sql.at(i).text()));
        } else if (sql.is(i, "on", "conflict")) {
            changes.accept(sql.remove(i, sql.end(i + 1, statement.to(), Set.of("returning")), "drop on conflict"));
        }
    }

    private void ofColumn(int i) {
        if (sql.is(i, "check") && sql.at(Math.min(i + 1, sql.size() - 1)).kind() == Kind.OPEN && !sql.is(i - 1, "with")) {
            constraint(i, sql.closing(i + 1) + 1, "check");
        } else if (sql.is(i, "references") && !inForeignKey(i)) {
            constraint(i, sql.end(i + 1, statement.to(), Set.of(",", "not", "null", "default", "check", "unique", "primary", "constraint", "generated")), "references");
        } else if (sql.is(i, "default") && !sql.is(i - 1, "by") && !sql.is(i - 1, "set") && !sql.is(i - 1, "drop") && statement.clause(i).isEmpty()) {
            changes.accept(sql.remove(i, sql.end(i + 1, statement.to(), AFTER_COLUMN), "drop default"));
        } else if (sql.is(i, "unique") && !sql.is(i + 1, "(") && !sql.is(i - 1, ",")) {
            changes.accept(sql.remove(i, sql.is(i + 1, "nulls") ? i + 4 : i + 1, "drop unique"));
        } else if (sql.is(i, "on", "delete") || sql.is(i, "on", "update")) {
            int length = sql.is(i + 2, "set") || sql.is(i + 2, "no") ? 4 : 3;
            if (i + length <= statement.to()) {
                changes.accept(sql.remove(i, i + length, "drop " + sql.text(i, i + 2)));
            }
        }
    }

    /** A column's constraint goes with its name. An element of its own goes with {@link SqlLists}. */
    private void constraint(int from, int to, String kind) {
        int first = sql.is(from - 2, "constraint") ? from - 2 : from;
        if (!sql.is(first - 1, ",") && !sql.is(first - 1, "(") && !sql.is(first - 1, "add")) {
            changes.accept(sql.remove(first, to, "drop " + kind));
        }
    }

    private boolean inForeignKey(int references) {
        for (int i = references; i > statement.from() && !sql.is(i, ","); i--) {
            if (sql.is(i, "foreign")) {
                return true;
            }
        }
        return false;
    }

    private void ofObject(int i) {
        if (sql.is(i, "when", "(") && statement.creates("trigger")) {
            changes.accept(sql.remove(i, sql.closing(i + 1) + 1, "drop when"));
        } else if (sql.is(i, "using") && statement.creates("index")) {
            changes.accept(sql.remove(i, i + 2, "drop using"));
        } else if (sql.is(i, "using") && !sql.is(i - 1, "exclude") && (statement.startsWith("raise") || statement.startsWith("alter", "table"))) {
            changes.accept(sql.remove(i, sql.end(i + 1, statement.to(), Set.of(statement.startsWith("raise") ? ";" : ",")), "drop using"));
        } else if (sql.is(i, "at", "time", "zone")) {
            changes.accept(sql.remove(i, Math.min(i + 4, statement.to()), "drop time zone"));
        } else if (sql.is(i, "-") && i + 1 < statement.to() && sql.at(i + 1).kind() == Kind.STRING) {
            changes.accept(sql.remove(i, i + 2, "drop minus")); // a key less of a jsonb
        } else if (sql.is(i, "include", "(")) {
            changes.accept(sql.remove(i, sql.closing(i + 1) + 1, "drop include"));
        } else if ((sql.is(i, "using", "(") || sql.is(i, "with", "check", "(")) && statement.ofPolicy()) {
            changes.accept(sql.remove(i, sql.closing(sql.is(i, "using") ? i + 1 : i + 2) + 1, "drop " + sql.at(i).text()));
        } else if (sql.is(i, "with", "(") && statement.startsWith("create")) {
            changes.accept(sql.remove(i, sql.closing(i + 1) + 1, "drop with"));
        } else if (sql.is(i, "set", "search_path") && !statement.startsWith("set")) {
            changes.accept(sql.remove(i, sql.end(i + 1, statement.to(), ENDS_OF_OPTION), "drop search_path"));
        }
    }

    private static final Set<String> ENDS_OF_OPTION = Set.of("as", "begin", "return", "language", "security", "stable", "immutable",
        "volatile", "strict", "cost", "rows", "parallel", "set", "leakproof");
}

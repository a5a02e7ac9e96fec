package grading.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kernel.sql.syntax.SqlToken.Kind;

/** Drops one item of a list that is right with fewer, too, and turns the order of columns in an index round. */
final class SqlLists {
    private static final Set<String> ENDS = Set.of("where", "from", "limit", "offset", "fetch", "for", "returning", "on", "to", "using",
        "include", "with", "union", "rows", "range", "execute", "loop", "of", "order", "into");
    private static final Set<String> PATH_ENDS = Set.of("as", "language", "security", "begin", "return", "stable", "immutable", "volatile");
    private static final Set<String> CONSTRAINTS = Set.of("constraint", "unique", "primary", "foreign", "check", "exclude");
    private final SqlStatement statement;
    private final SqlText sql;
    private final Consumer<Change> changes;

    /** One item: its first token, and the one after its last. */
    private record Item(int from, int to) { }

    private SqlLists(SqlStatement statement, Consumer<Change> changes) {
        this.statement = statement;
        this.sql = statement.sql();
        this.changes = changes;
    }

    static void of(SqlStatement statement, Consumer<Change> changes) {
        var lists = new SqlLists(statement, changes);
        for (int i = statement.from(); i < statement.to() - 1; i++) {
            lists.at(i);
        }
        lists.events();
    }

    private void at(int i) {
        if (sql.is(i, "search_path") && i + 2 < statement.to()) {
            dropEach(items(i + 2, statement.to(), PATH_ENDS), "drop schema");
        } else if (i == statement.from() && sql.is(i, "drop")) {
            dropEach(items(i + 2, statement.to(), Set.of("cascade", "restrict")), "drop object");
        } else if (sql.is(i, "on") && (statement.startsWith("grant") || statement.startsWith("revoke"))) {
            dropEach(items(i + 1, statement.to(), Set.of("to", "from")), "drop object");
        } else if (sql.is(i, "order", "by")) {
            order(items(i + 2, statement.to(), ENDS));
        } else if (sql.is(i, "set") && statement.clause(i).equals("update") && !statement.startsWith("create")) {
            dropEach(items(i + 1, statement.to(), ENDS), "drop assignment");
        } else if (i == statement.from() && (sql.is(i, "grant") || sql.is(i, "revoke"))) {
            dropEach(items(i + 1, statement.to(), ENDS), "drop privilege");
        } else if (sql.is(i, "alter", "table")) {
            dropEach(items(i + 2, statement.to(), Set.of()), "drop action");
        } else if (sql.at(i).kind() == Kind.OPEN) {
            parenthesis(i);
        }
    }

    private void parenthesis(int open) {
        var items = items(open + 1, sql.closing(open), Set.of());
        if (statement.creates("table") && sql.at(open).depth() == 0 && !sql.is(open - 1, "with")) {
            items.stream().filter(item -> sql.isOneOf(item.from(), CONSTRAINTS)).forEach(item -> drop(items, item, "drop constraint"));
        } else if (statement.creates("index") && sql.at(open).depth() == 0 && !sql.is(open - 1, "with") && !sql.is(open - 1, "include")
                || sql.is(open - 1, "key") || sql.is(open - 1, "unique") || sql.is(open - 3, "exclude")) {
            dropEach(items, "drop key");
            if (!sql.is(open - 3, "exclude")) {
                turn(items);
            }
        } else if ((statement.startsWith("grant") || statement.startsWith("revoke")) && sql.at(open).depth() == 0
                && sql.isOneOf(open - 1, Set.of("select", "insert", "update", "references"))) {
            dropEach(items, "drop column");
        }
    }

    private void turn(List<Item> items) {
        if (items.size() > 1) {
            var first = sql.text(items.getFirst().from(), items.getFirst().to());
            var second = sql.text(items.get(1).from(), items.get(1).to());
            changes.accept(sql.replace(items.getFirst().from(), items.get(1).to(), second + ", " + first, "turn columns"));
        }
    }

    private void order(List<Item> items) {
        dropEach(items, "drop order");
        items.stream().filter(item -> !sql.isOneOf(item.to() - 1, Set.of("asc", "desc", "first", "last"))).findFirst().ifPresent(item ->
            changes.accept(sql.replace(item.from(), item.to(), sql.text(item.from(), item.to()) + " desc", "swap asc")));
    }

    /** {@code before insert or update}: a trigger that listens to one event less. */
    private void events() {
        for (int i = statement.from() + 3; statement.creates("trigger") && i < statement.to() - 1 && !sql.is(i, "on"); i++) {
            if (sql.is(i, "or")) {
                int end = i + 2;
                while (end < statement.to() && !sql.is(end, "or") && !sql.is(end, "on")) {
                    end++;
                }
                changes.accept(sql.remove(i, end, "drop event"));
                if (sql.is(i - 2, "before") || sql.is(i - 2, "after")) {
                    changes.accept(sql.remove(i - 1, i + 1, "drop event"));
                }
            }
        }
    }

    private void dropEach(List<Item> items, String kind) {
        if (items.size() > 1) {
            items.forEach(item -> drop(items, item, kind));
        }
    }

    /** With the comma after it, the last one with the comma before it. */
    private void drop(List<Item> items, Item item, String kind) {
        if (items.size() > 1) {
            var first = item.equals(items.getFirst());
            var last = item.equals(items.getLast());
            var edit = last ? sql.remove(item.from() - 1, item.to(), kind) : sql.remove(item.from(), item.to() + 1, kind);
            // alter table name action, action: the name is no part of the first item
            changes.accept(first && sql.is(item.from() - 2, "alter", "table") ? action(item) : edit);
        }
    }

    private Change action(Item item) {
        int from = item.from();
        while (from < item.to() - 1 && !sql.isOneOf(from, Set.of("add", "drop", "alter", "validate", "rename", "set", "enable", "disable", "force"))) {
            from++;
        }
        return sql.remove(from, item.to() + 1, "drop action");
    }

    private List<Item> items(int from, int to, Set<String> ends) {
        var items = new ArrayList<Item>();
        if (from >= to) {
            return items;
        }
        int end = sql.end(from, to, ends);
        for (int start = from; start < end;) {
            int comma = sql.end(start, end, Set.of(","));
            items.add(new Item(start, comma));
            start = comma + 1;
        }
        return items;
    }
}

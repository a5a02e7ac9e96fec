import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.*;

/** Asks for pages of the shop, those of a sound tree first, then those of a cycle; counts statements and rows that were read. */
class BreadcrumbsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Comparator<CategoryTree.Node> BY_ID = Comparator.comparing(CategoryTree.Node::id);

    private record Category(String name, Long parent) { }

    /** A question to the answer. */
    private interface Question<T> {
        T ask(CategoryTree tree) throws SQLException;
    }

    @Test @Hint(1) @Promises("breadcrumbs") @DisplayName("breadcrumbs lead from the top to the category")
    void showsTheWay(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            for (var id : new long[] {1, 4, 12, 4711, 20000}) {
                Expect.equal("From the top to category " + id, way(id), asked(connection, tree -> tree.breadcrumbs(id)), "The first is the top, the last the category itself.");
            }
        }
    }

    @Test @Hint(1) @Promises({"subtree", "ids-count"}) @DisplayName("a subtree is the category and all below it, by depth and name")
    void showsAllBelow(Clone clone) throws Exception {
        for (var id : new long[] {2, 300, 19999}) {
            shows(clone, id);
        }
    }

    @Test @Needs("showsAllBelow") @Hint(1) @Promises("ids-count") @DisplayName("where names come up again, all categories are there")
    void namesComeAgain(Clone clone) throws Exception {
        Sql.execute(clone.owner(), "insert into app.categories values (70001, null, 'Sale'), (70002, 70001, 'Women'), (70003, 70002, 'Sale'), (70004, 70003, 'Sale'), (70005, 70003, 'Sale')");
        try (var connection = Sql.connect(clone.app())) {
            Expect.equal("The breadcrumbs of Sale, below Sale, below Women, below Sale", List.of("Sale", "Women", "Sale", "Sale"), asked(connection, tree -> tree.breadcrumbs(70005)),
                "Names are not unique.");
            Expect.equal("What is below the first of these, depth and name", List.of("0 Sale", "1 Women", "2 Sale", "3 Sale", "3 Sale"), asked(connection, tree -> lines(tree.subtree(70001))),
                "Names are not unique.");
            Expect.equal("The ids", List.of(70001L, 70002L, 70003L, 70004L, 70005L), asked(connection, tree -> ids(tree.subtree(70001))), "Each category once.");
        }
    }

    private static void shows(Clone clone, long id) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            var nodes = asked(connection, tree -> tree.subtree(id));
            Expect.equal("What is below category " + id + ": how many categories", below(id).size(), nodes.size(), "All that is below, each category once. Names are not unique.");
            same("What is below category " + id + ", depth and name", lines(below(id)), lines(nodes), "By depth, and by name within a depth.");
            same("What is below category " + id + ", the ids from small to large", ids(below(id)), ids(nodes), "Each category once.");
        }
    }

    @Test @Needs({"showsTheWay", "showsAllBelow"}) @Promises("unknown") @DisplayName("for an id that does not exist both are empty")
    void nothingIsThere(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            for (var id : new long[] {77777, 0, -1, Long.MAX_VALUE}) {
                Expect.works("Asking for category " + id + ", which does not exist", () -> {
                    Expect.equal("Breadcrumbs of category " + id + ", which does not exist", List.of(), asked(connection, tree -> tree.breadcrumbs(id)), "Nothing leads there.");
                    Expect.equal("What is below category " + id + ", which does not exist", List.of(), asked(connection, tree -> tree.subtree(id)), "Nothing is there.");
                }, "It is no error.");
            }
        }
    }

    @Test @Needs({"showsTheWay", "showsAllBelow"}) @Hint(2) @Promises("ends") @DisplayName("both end on a cycle, with every category once")
    void endsOnACycle(Clone clone) throws Exception {
        onACycle(clone, "The breadcrumbs of a category in the cycle, in order of name", List.of("Blue", "Green", "Red"), tree -> tree.breadcrumbs(50001).stream().sorted().toList());
        onACycle(clone, "The breadcrumbs of a category below the cycle, in order of name", List.of("Blue", "Green", "Leaf", "Leaf", "Red"),
            tree -> tree.breadcrumbs(50006).stream().sorted().toList());
        onACycle(clone, "The breadcrumbs of a category below itself", List.of("Itself"), tree -> tree.breadcrumbs(50007));
        onACycle(clone, "What is below a category in the cycle, depth and name", List.of("0 Green", "1 Leaf", "1 Red", "2 Blue", "2 Leaf", "3 Leaf"),
            tree -> lines(tree.subtree(50002)));
        onACycle(clone, "What is below a category that is below itself, depth and name", List.of("0 Itself"), tree -> lines(tree.subtree(50007)));
    }

    @Test @Needs("endsOnACycle") @Hint(2) @Promises("begins-with") @DisplayName("breadcrumbs begin with the last that is met before one comes up again")
    void beginsWithTheLast(Clone clone) throws Exception {
        var lookAt = "Walk up from the category. Which one is the last before one comes up again?";
        try (var connection = Sql.connect(clone.app())) {
            Expect.equal("The breadcrumbs of a category in the cycle", List.of("Blue", "Green", "Red"), asked(connection, tree -> tree.breadcrumbs(50001)), lookAt);
            Expect.equal("The breadcrumbs of another one", List.of("Green", "Red", "Blue"), asked(connection, tree -> tree.breadcrumbs(50003)), lookAt);
            Expect.equal("The breadcrumbs of a category below the cycle", List.of("Red", "Blue", "Green", "Leaf", "Leaf"), asked(connection, tree -> tree.breadcrumbs(50006)), lookAt);
        }
    }

    @Test @Needs({"showsTheWay", "showsAllBelow"}) @Hint(1) @Promises("one-statement") @DisplayName("each question is one statement")
    void asksOnce(Clone clone) throws Exception {
        for (var id : List.of(4711L, 300L, 1L, 50001L)) {
            Expect.equal("Statements for the breadcrumbs of category " + id, 1, statements(clone, tree -> tree.breadcrumbs(id)), "A walk within one statement is recursive.");
            if (id != 1) {
                Expect.equal("Statements for the subtree of category " + id, 1, statements(clone, tree -> tree.subtree(id)), "A walk within one statement is recursive.");
            }
        }
    }

    @Test @Needs("asksOnce") @Hint(1) @Promises("reads-little") @DisplayName("neither reads more of the table than it needs")
    void readsNoMore(Clone clone) throws Exception {
        for (var id : List.of(4711L, 19999L, 50006L)) {
            var up = rowsRead(clone, tree -> tree.breadcrumbs(id));
            Expect.that("For the breadcrumbs of category " + id + ", six at most, PostgreSQL reads", up <= 30, "thirty rows of app.categories or fewer", up + " rows of app.categories",
                "Where does the walk begin, and does each of its steps find the next by an index?");
        }
        for (var id : List.of(300L, 5L, 19999L)) {
            var down = rowsRead(clone, tree -> tree.subtree(id));
            var there = below(id).size();
            Expect.that("For a subtree of " + there + " categories PostgreSQL reads", down <= 10L * there, "at most " + 10 * there + " rows of app.categories",
                down + " rows of app.categories", "Where does the walk begin, and does each of its steps find the next by an index?");
        }
    }

    @Test @Needs({"beginsWithTheLast", "asksOnce", "namesComeAgain"}) @Hint(1) @Promises({"breadcrumbs", "subtree", "ends", "begins-with", "ids-count", "one-statement"})
    @DisplayName("so it is with any names and any parents")
    void anyTree(Clone clone) throws Exception {
        var random = RandomData.create();
        var nodes = new TreeMap<Long, Category>();
        for (int i = 0; i < 60; i++) {
            var id = i < 4 ? List.of(3_000_000_001L, -5L, 0L, Long.MAX_VALUE).get(i) : 60_000L + i;
            nodes.put(id, new Category(random.coin() ? random.word(2) : random.oneOf(EdgeData.texts()), null));
        }
        for (var id : nodes.keySet()) {
            var parent = random.number(1, 8) == 1 ? null : random.oneOf(List.copyOf(nodes.keySet()));
            nodes.put(id, new Category(nodes.get(id).name(), parent));
        }
        for (long id = 80_001; id <= 81_300; id++) {
            nodes.put(id, new Category("Deep", id == 80_001 ? null : id - 1));
        }
        nodes.put(2_600_772L, new Category("Its digits", null)); // begin and end with those of its children
        List.of(260_077L, 600_772L).forEach(id -> nodes.put(id, new Category("Some of them", 2_600_772L)));
        var texts = new ArrayList<>(EdgeData.texts());
        texts.addAll(List.of("\u0001", "\u001f", " > ", "a > b", "a//b", "a::b", "/", ",", "a, b", "->", "\n"));
        for (int i = 0; i < texts.size(); i++) {
            nodes.put(90_000L + i, new Category(texts.get(i), i == 0 ? null : 89_999L + i));
        }
        write(clone, nodes);
        var asked = new ArrayList<>(nodes.keySet().stream().filter(id -> id < 80_000 || id > 100_000).toList());
        asked.addAll(List.of(80_001L, 81_300L, 90_000L, 89_999L + texts.size()));
        try (var connection = Sql.connect(clone.app())) {
            for (var id : asked) {
                onlyTheWay(connection, nodes, id);
                var below = children(nodes, id);
                var answer = asked(connection, tree -> tree.subtree(id));
                Expect.equal("What is below category " + id + " of a tree made up for this check: ids, names and depths", below, answer.stream().sorted(BY_ID).toList(), "All that is below, each category once.");
                Expect.that("The order of what is below category " + id + " of a tree made up for this check", isOrdered(connection, answer), "by depth, and by name within a depth", lines(answer),
                    "Which `order by` does it have?");
            }
            Sql.execute(clone.owner(), "update app.categories set name = 'Renamed' where id = 80001");
            nodes.put(80_001L, new Category("Renamed", null));
            onlyTheWay(connection, nodes, 80_002);
        }
    }

    private static void onlyTheWay(Connection connection, Map<Long, Category> nodes, long id) throws Exception {
        var way = new LinkedHashSet<Long>();
        for (var at = (Long) id; at != null && way.add(at); ) {
            at = nodes.get(at).parent();
        }
        Expect.equal("From the top to category " + id + " of a tree made up for this check", way.reversed().stream().map(at -> nodes.get(at).name()).toList(),
            asked(connection, tree -> tree.breadcrumbs(id)), "A name may hold anything. Ids tell one category from another, and it asks anew each time.");
    }

    /** The category and all below it, each once, in order of id. */
    private static List<CategoryTree.Node> children(Map<Long, Category> nodes, long id) {
        var depths = new LinkedHashMap<Long, Integer>(Map.of(id, 0));
        for (var level = List.of(id); !level.isEmpty(); ) {
            var above = level;
            var depth = depths.get(level.getFirst()) + 1;
            level = nodes.keySet().stream().filter(node -> nodes.get(node).parent() != null && above.contains(nodes.get(node).parent()) && !depths.containsKey(node)).toList();
            level.forEach(node -> depths.put(node, depth));
        }
        return depths.entrySet().stream().map(node -> new CategoryTree.Node(node.getKey(), nodes.get(node.getKey()).name(), node.getValue())).sorted(BY_ID).toList();
    }

    /** As PostgreSQL orders, or as Java does. */
    private static boolean isOrdered(Connection connection, List<CategoryTree.Node> nodes) throws SQLException {
        var java = nodes.stream().sorted(Comparator.comparing(CategoryTree.Node::depth).thenComparing(CategoryTree.Node::name)).toList();
        var depths = connection.createArrayOf("int", nodes.stream().map(CategoryTree.Node::depth).toArray());
        var names = connection.createArrayOf("text", nodes.stream().map(CategoryTree.Node::name).toArray());
        var sql = Rows.query(connection, "select depth || ' ' || name from unnest(?::int[], ?::text[]) as node (depth, name) order by depth, name", depths, names)
            .values().stream().map(row -> String.valueOf(row.getFirst())).toList();
        return lines(java).equals(lines(nodes)) || sql.equals(lines(nodes));
    }

    private static void write(Clone clone, Map<Long, Category> nodes) throws SQLException {
        try (var owner = Sql.connect(clone.owner()); var insert = owner.prepareStatement("insert into app.categories (id, name) values (?, ?)");
             var update = owner.prepareStatement("update app.categories set parent_id = ? where id = ?")) {
            for (var node : nodes.entrySet()) {
                insert.setLong(1, node.getKey());
                insert.setString(2, node.getValue().name());
                insert.addBatch();
                update.setObject(1, node.getValue().parent(), java.sql.Types.BIGINT);
                update.setLong(2, node.getKey());
                update.addBatch();
            }
            insert.executeBatch();
            update.executeBatch();
        }
    }

    @Test @Needs({"showsTheWay", "showsAllBelow"}) @Promises("only-asks") @DisplayName("it only asks")
    void onlyAsks(Clone clone) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            var lent = ConnectionState.of(connection);
            asked(connection, tree -> tree.breadcrumbs(4711));
            Expect.asLent("The connection after breadcrumbs", lent, ConnectionState.of(connection), "It is somebody else's.");
            asked(connection, tree -> tree.subtree(300));
            Expect.asLent("The connection after a subtree", lent, ConnectionState.of(connection), "It is somebody else's.");
            connection.setReadOnly(true);
            var readOnly = ConnectionState.of(connection);
            asked(connection, tree -> tree.breadcrumbs(4711));
            asked(connection, tree -> tree.subtree(300));
            Expect.asLent("The connection that is read-only, after both", readOnly, ConnectionState.of(connection), "It is somebody else's.");
            connection.setReadOnly(false);
            connection.setAutoCommit(false);
            Sql.execute(connection, "set transaction read only");
            var open = ConnectionState.of(connection);
            Expect.works("Asking in a transaction that may not write", () -> {
                asked(connection, tree -> tree.breadcrumbs(4711));
                asked(connection, tree -> tree.subtree(300));
            }, "To ask is enough.");
            Expect.asLent("The connection after both, in a transaction", open, ConnectionState.of(connection), "It is somebody else's.");
            connection.rollback();
        }
    }

    private static <T> T asked(Connection connection, Question<T> question) throws Exception {
        return Expect.within("An answer about the tree", PATIENCE, () -> question.ask(new CategoryTree(connection)), "Does the walk ever end?");
    }

    /** A walk without end is ended by PostgreSQL, or by the stack, so that the answer is wrong and not the clock. */
    private static void onACycle(Clone clone, String what, List<String> expected, Question<List<String>> question) throws Exception {
        List<String> answer;
        try (var connection = Sql.connect(clone.app())) {
            Sql.execute(connection, "set statement_timeout = '2s'");
            answer = asked(connection, question);
        } catch (StackOverflowError e) {
            answer = List.of("the walk goes round until the stack is full");
        } catch (SQLException e) {
            if (!"57014".equals(e.getSQLState())) {
                throw e;
            }
            answer = List.of("after two seconds the walk still goes round");
        }
        Expect.equal(what, expected, answer, "Each category once. When does the walk end, and does it tell what it met then?");
    }

    private static int statements(Clone clone, Question<?> question) throws Exception {
        var count = new AtomicInteger();
        try (var connection = Sql.connect(clone.app())) {
            asked(counting(connection, count), question);
        }
        return count.get();
    }

    private static long rowsRead(Clone clone, Question<?> question) throws Exception {
        try (var connection = Sql.connect(clone.app())) {
            connection.setAutoCommit(false);
            asked(connection, question);
            return ((Number) Rows.query(connection, """
                select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relid = 'app.categories'::regclass""")
                .values().getFirst().getFirst()).longValue();
        }
    }

    private static Connection counting(Connection real, AtomicInteger count) {
        return proxy(Connection.class, real, count);
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, Object real, AtomicInteger count) {
        return (T) Proxy.newProxyInstance(BreadcrumbsTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                count.incrementAndGet();
            }
            try {
                var result = method.invoke(real, arguments);
                return result instanceof Statement ? proxy((Class<Object>) method.getReturnType(), result, count) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static List<String> way(long id) {
        var names = new ArrayList<String>();
        for (var at = id; at >= 1; at = at == 1 ? 0 : (at - 2) / 5 + 1) {
            names.addFirst(String.format(Locale.ROOT, "Category %03d", at % 1000));
        }
        return names;
    }

    private static List<CategoryTree.Node> below(long id) {
        var nodes = new ArrayList<CategoryTree.Node>();
        var first = id;
        var last = id;
        for (int depth = 0; first <= 20_000; depth++) {
            for (var at = first; at <= Math.min(last, 20_000); at++) {
                nodes.add(new CategoryTree.Node(at, String.format(Locale.ROOT, "Category %03d", at % 1000), depth));
            }
            first = (first - 1) * 5 + 2;
            last = last * 5 + 1;
        }
        nodes.sort(Comparator.comparing(CategoryTree.Node::depth).thenComparing(CategoryTree.Node::name));
        return nodes;
    }

    /** Long lists: only the first difference is worth reading. */
    private static void same(String what, List<?> expected, List<?> actual, String lookAt) {
        for (int i = 0; i < expected.size(); i++) {
            Expect.equal(what + ", place " + (i + 1), expected.get(i), actual.get(i), lookAt);
        }
    }

    private static List<String> lines(List<CategoryTree.Node> nodes) {
        return nodes.stream().map(node -> node.depth() + " " + node.name()).toList();
    }

    private static List<Long> ids(List<CategoryTree.Node> nodes) {
        return nodes.stream().map(CategoryTree.Node::id).sorted().toList();
    }
}

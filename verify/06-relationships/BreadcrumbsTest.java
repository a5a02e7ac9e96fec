import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.*;

/** Asks for pages of the shop, those of a sound tree first, then those of a cycle; counts statements and rows that were read. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BreadcrumbsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** A question to the answer. */
    private interface Question<T> {
        T ask(CategoryTree tree) throws SQLException;
    }

    @Test @Order(1) @Hint(1) @DisplayName("breadcrumbs lead from the top to the category")
    void showsTheWay(Clone clone) throws Exception {
        for (var id : new long[] {1, 4, 4711, 20000}) {
            Expect.equal("From the top to category " + id, way(id), ask(clone, tree -> tree.breadcrumbs(id)), "The first is the top, the last the category itself.");
        }
        Expect.equal("Breadcrumbs of category 77777, which does not exist", List.of(), ask(clone, tree -> tree.breadcrumbs(77777)), "Nothing leads there.");
    }

    @Test @Order(2) @Hint(1) @DisplayName("a subtree is the category and all below it, by depth and name")
    void showsAllBelow(Clone clone) throws Exception {
        for (var id : new long[] {2, 300, 19999}) {
            var nodes = ask(clone, tree -> tree.subtree(id));
            Expect.equal("What is below category " + id + ": how many categories", below(id).size(), nodes.size(), "All that is below, each category once. Names are not unique.");
            same("What is below category " + id + ", depth and name", lines(below(id)), lines(nodes), "By depth, and by name within a depth.");
            same("What is below category " + id + ", the ids from small to large", ids(below(id)), ids(nodes), "Each category once.");
        }
        Expect.equal("What is below category 77777, which does not exist", List.of(), ask(clone, tree -> tree.subtree(77777)), "Nothing is there.");
    }

    @Test @Order(3) @Needs({"showsTheWay", "showsAllBelow"}) @Hint(2) @DisplayName("both end on a cycle, with every category once")
    void endsOnACycle(Clone clone) throws Exception {
        onACycle(clone, "The breadcrumbs of a category in the cycle", List.of("Blue", "Green", "Red"), tree -> tree.breadcrumbs(50001));
        onACycle(clone, "The breadcrumbs of a category below the cycle", List.of("Red", "Blue", "Green", "Leaf", "Leaf"), tree -> tree.breadcrumbs(50006));
        onACycle(clone, "The breadcrumbs of a category below itself", List.of("Itself"), tree -> tree.breadcrumbs(50007));
        onACycle(clone, "What is below a category in the cycle, depth and name", List.of("0 Green", "1 Leaf", "1 Red", "2 Blue", "2 Leaf", "3 Leaf"),
            tree -> lines(tree.subtree(50002)));
        onACycle(clone, "What is below a category that is below itself, depth and name", List.of("0 Itself"), tree -> lines(tree.subtree(50007)));
    }

    @Test @Order(4) @Needs({"showsTheWay", "showsAllBelow"}) @Hint(1) @DisplayName("each question is one statement")
    void asksOnce(Clone clone) throws Exception {
        Expect.equal("Statements for the breadcrumbs of category 4711", 1, statements(clone, tree -> tree.breadcrumbs(4711)), "A walk within one statement is recursive.");
        Expect.equal("Statements for the subtree of category 2", 1, statements(clone, tree -> tree.subtree(2)), "A walk within one statement is recursive.");
    }

    @Test @Order(5) @Needs("asksOnce") @Hint(1) @DisplayName("neither reads more of the table than it needs")
    void readsNoMore(Clone clone) throws Exception {
        var up = rowsRead(clone, tree -> tree.breadcrumbs(4711));
        Expect.that("For six breadcrumbs PostgreSQL reads", up <= 30, "thirty rows of app.categories or fewer", up + " rows of app.categories",
            "Where does the walk begin, and does each of its steps find the next by an index?");
        var down = rowsRead(clone, tree -> tree.subtree(300));
        var there = below(300).size();
        Expect.that("For a subtree of " + there + " categories PostgreSQL reads", down <= 10L * there, "at most " + 10 * there + " rows of app.categories",
            down + " rows of app.categories", "Where does the walk begin, and does each of its steps find the next by an index?");
    }

    private static <T> T ask(Clone clone, Question<T> question) throws Exception {
        try (var connection = clone.app().connect()) {
            return asked(connection, question);
        }
    }

    private static <T> T asked(Connection connection, Question<T> question) throws Exception {
        return Expect.within("An answer about the tree", PATIENCE, () -> question.ask(new CategoryTree(connection)), "Does the walk ever end?");
    }

    /** A walk without end is ended by PostgreSQL, or by the stack, so that the answer is wrong and not the clock. */
    private static void onACycle(Clone clone, String what, List<String> expected, Question<List<String>> question) throws Exception {
        List<String> answer;
        try (var connection = clone.app().connect(); var statement = connection.createStatement()) {
            statement.execute("set statement_timeout = '2s'");
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
        try (var connection = clone.app().connect()) {
            asked(counting(connection, count), question);
        }
        return count.get();
    }

    private static long rowsRead(Clone clone, Question<?> question) throws Exception {
        try (var connection = clone.app().connect()) {
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
            names.addFirst("Category %03d".formatted(at % 1000));
        }
        return names;
    }

    private static List<CategoryTree.Node> below(long id) {
        var nodes = new ArrayList<CategoryTree.Node>();
        var first = id;
        var last = id;
        for (int depth = 0; first <= 20_000; depth++) {
            for (var at = first; at <= Math.min(last, 20_000); at++) {
                nodes.add(new CategoryTree.Node(at, "Category %03d".formatted(at % 1000), depth));
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

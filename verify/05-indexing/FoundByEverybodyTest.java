import grading.*;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import kernel.output.Output.Plan;
import kernel.output.PlanReading;
import kernel.output.Plans;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.*;

/** What people type, and what they must find. The cost is read from the plan as JSON. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FoundByEverybodyTest {
    @Test @Order(1) @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        var flyway = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder()).load();
        Expect.works("V2 runs", flyway::migrate, "PostgreSQL's words name the file's line.");
        execute(clone.owner(), "vacuum analyze app.articles");
    }

    @Test @Order(2) @Needs("runs") @Hint(1) @DisplayName("a word is found in any form, with and without a body")
    void findsForms(Clone clone, Answer answer) throws SQLException {
        finds(clone, answer, "running", "Running a marathon", "Running shoes", "On feet");
        finds(clone, answer, "TEAPOT", "Teapots");
        finds(clone, answer, "lids", "Teapots");
        Expect.equal("Columns of the result", List.of("id", "title"), search(clone, answer, "teapot").columns(), "The task names them.");
    }

    @Test @Order(3) @Needs("findsForms") @Hint(1) @DisplayName("what people type is understood")
    void understandsPeople(Clone clone, Answer answer) throws SQLException {
        finds(clone, answer, "running shoes", "Running shoes");
        finds(clone, answer, "shoes running", "Running shoes");
        finds(clone, answer, "running -shoes", "Running a marathon", "On feet");
        finds(clone, answer, "teapots or breakfast", "On feet", "Teapots");
        finds(clone, answer, "\"river is quiet\"", "The river is quiet");
        finds(clone, answer, "\"marathon running\"");
    }

    @Test @Order(4) @Needs("findsForms") @Hint(1) @DisplayName("nothing that people type is an error")
    void neverFails(Clone clone, Answer answer) throws SQLException {
        for (var nonsense : List.of("\"c++ (", "'", "", "   ", ":*", "& | !", "the", "a:b:c <->", "\\")) {
            Expect.equal("Articles found by " + nonsense, List.of(), titles(clone, answer, nonsense), "It has no word in it that an article has.");
        }
    }

    @Test @Order(5) @Needs("findsForms") @Hint(2) @DisplayName("a word in the title comes first")
    void titleFirst(Clone clone, Answer answer) throws SQLException {
        findsInOrder(clone, answer, "spout", "Spouts", "Teapots");
        findsInOrder(clone, answer, "running", "Running a marathon", "Running shoes", "On feet");
        findsInOrder(clone, answer, "marathon", "Running a marathon", "Running shoes");
    }

    @Test @Order(6) @Needs("findsForms") @Hint(2) @DisplayName("new and changed articles are found at once")
    void followsChanges(Clone clone, Answer answer) throws SQLException {
        execute(clone.app(), "insert into app.articles (id, title, body) values (40001, 'The zeppelin', null), (40002, 'Kites', 'No zeppelin')");
        finds(clone, answer, "zeppelin", "The zeppelin", "Kites");
        execute(clone.app(), "update app.articles set body = 'Like a zeppelin' where id = 30001; update app.articles set body = null where id = 40002");
        finds(clone, answer, "zeppelins", "The zeppelin", "On feet");
        execute(clone.app(), "insert into app.articles select 50010 - n, 'Origami, part ' || 10 - n, null from generate_series(1, 9) n");
        findsInOrder(clone, answer, "origami", "Origami, part 1", "Origami, part 2", "Origami, part 3", "Origami, part 4", "Origami, part 5",
            "Origami, part 6", "Origami, part 7", "Origami, part 8", "Origami, part 9");
    }

    @Test @Order(7) @Needs("findsForms") @Hint(2) @DisplayName("a search with few results reads few pages, by a GIN index")
    void isCheap(Clone clone, Answer answer) throws SQLException {
        execute(clone.owner(), "vacuum analyze app.articles");
        try (var connection = clone.app().connect()) {
            var plan = Plans.analyze(connection, answer.text("search.sql"), "running");
            Expect.that("The plan of a search for running", nodes(plan.root()).noneMatch(node -> node.type().equals("Seq Scan")), "no Seq Scan",
                shown(plan), "Does the query spell what the index spells?");
            Expect.that("The plan of a search for running", nodes(plan.root()).anyMatch(node -> node.type().equals("Bitmap Index Scan")),
                "a Bitmap Index Scan", shown(plan), "GIN is the index for words.");
            Expect.that("Pages that are read", PlanReading.buffers(plan.root()) <= 60, "at most 60", shown(plan), "Where does the plan spend them?");
        }
    }

    private static void finds(Clone clone, Answer answer, String typed, String... titles) throws SQLException {
        Expect.equal("Articles found by: " + typed, Stream.of(titles).sorted().toList(),
            titles(clone, answer, typed).stream().map(String::valueOf).sorted().toList(), "Which words does the index have?");
    }

    private static void findsInOrder(Clone clone, Answer answer, String typed, String... titles) throws SQLException {
        Expect.equal("Articles found by, in this order: " + typed, List.of(titles), titles(clone, answer, typed), "Where in an article does the word stand?");
    }

    private static List<Object> titles(Clone clone, Answer answer, String typed) throws SQLException {
        return search(clone, answer, typed).values().stream().map(List::getLast).toList();
    }

    private static Rows search(Clone clone, Answer answer, String typed) throws SQLException {
        try {
            return query(clone.app(), answer.text("search.sql"), typed);
        } catch (SQLException e) {
            Expect.equal("The search for: " + typed, "no error", "SQLSTATE " + e.getSQLState() + ", " + e.getMessage(), "People type anything.");
            throw e;
        }
    }

    private static Stream<Plan.Node> nodes(Plan.Node node) {
        return Stream.concat(Stream.of(node), node.children().stream().flatMap(child -> nodes(child)));
    }

    private static String shown(Plan plan) {
        return String.join(", ", nodes(plan.root()).map(node -> (node.type() + " " + node.detail()).strip()).toList())
            + "; " + PlanReading.buffers(plan.root()) + " buffers";
    }

    private static Rows query(Login login, String sql, Object... parameters) throws SQLException {
        try (var connection = login.connect()) {
            return Rows.query(connection, sql, parameters);
        }
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

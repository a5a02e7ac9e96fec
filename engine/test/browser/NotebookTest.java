package browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("A notebook")
class NotebookTest {
    private static final int PATIENCE_SECONDS = 60;
    private TinyCourse course;
    private NotebookServer server;
    private Web.Page page;

    @BeforeEach void start() throws IOException {
        course = new TinyCourse();
        serve();
    }

    private void serve() throws IOException {
        server = NotebookServer.start(course.home(), 0, "embedded");
        page = Web.open(server, "01-trial");
    }

    @AfterEach void end() {
        server.close();
        course.close();
    }

    @Test @DisplayName("runs cells of Java and SQL in order, shows what the lesson shows, and expects the failure that the lesson expects")
    void runs() throws Exception {
        run("price", "total", "shop", "twice");
        await("twice", "done");
        assertTrue(html("price").contains("the price is 42"), html("price"));
        assertTrue(html("total").contains("the total is 84"), html("total"));
        assertTrue(cell("twice").at("/shapes").toString().contains("failure[23505]"), cell("twice").toString());
    }

    @Test @DisplayName("runs nothing behind a cell that fails")
    void endsAtAFailure() throws Exception {
        var failing = scratch("price", "sql", "select 1/0");
        run("price", failing, "total");
        await(failing, "failed");
        await("total", "idle");
        assertTrue(html(failing).contains("22012"), html(failing));
    }

    @Test @DisplayName("says which outputs are stale and why, and leaves it at that")
    void staleness() throws Exception {
        run("price", "total");
        await("total", "done");
        post("save", "{'id':'price','rev':0,'source':'var price = 50;'}");
        assertEquals("its code has changed since it ran", cell("price").at("/why").asString());
        assertEquals("`price` comes from cell price, which is stale", cell("total").at("/why").asString());
        run("price");
        awaitThat("total is stale", () -> cell("total").at("/why").asString().equals("`price` changed in cell price"));
        assertEquals("done", cell("total").at("/status").asString(), "it did not run by itself");
        run("total");
        awaitThat("total is fresh", () -> !cell("total").at("/stale").asBoolean());
    }

    @Test @DisplayName("keeps a session that waits for a lock from stopping the one that holds it")
    void sessions() throws Exception {
        run("shop");
        await("shop", "done");
        var holds = scratch("shop", "sql", "begin; lock table shop", "owner", "A");
        var waits = scratch(holds, "sql", "select count(*) from shop", "owner", "B");
        var gives = scratch(waits, "sql", "commit", "owner", "A");
        run(holds);
        await(holds, "done");
        run(waits);
        await(waits, "running");
        run(gives);
        await(gives, "done");
        await(waits, "done");
    }

    @Test @DisplayName("lets the statement through that ends a transaction for which a Java cell waits")
    void beside() throws Exception {
        run("shop");
        await("shop", "done");
        var holds = scratch("shop", "sql", "begin; lock table shop", "owner", "");
        var waits = scratch(holds, "java", "queryAs(owner(), \\\"select 1 from shop\\\")");
        var gives = scratch(waits, "sql", "rollback", "owner", "");
        run(holds);
        await(holds, "done");
        run(waits);
        await(waits, "running");
        run(gives);
        await(waits, "done");
    }

    @Test @DisplayName("stops a query, a loop and what waits behind them")
    void stop() throws Exception {
        for (var endless : List.of(scratch("price", "sql", "select pg_sleep(60)"), scratch("price", "java", "while (true) { }"),
                scratch("price", "java", "queryAs(app(), \\\"select pg_sleep(60)\\\")"))) {
            run(endless, "total");
            await(endless, "running");
            awaitStatement(endless);
            assertEquals(200, post("stop", "{}").status());
            await(endless, "stopped");
            assertEquals("idle", status("total"));
        }
        run("price");
        await("price", "done");
    }

    @Test @DisplayName("runs the finished cells again, in order and on a fresh database, when the process of the Java cells is gone")
    void replay() throws Exception {
        run("price", "shop");
        await("shop", "done");
        var leaves = scratch("shop", "java", "System.exit(3)");
        run(leaves);
        awaitThat("the cells are running again", () -> cell("shop").at("/count").asInt() > 3 && status("shop").equals("done"));
        assertEquals("lost", status(leaves));
        run("total");
        await("total", "done");
        assertTrue(html("total").contains("the total is 84"), html("total"));
    }

    @Test @DisplayName("begins anew on demand: no table, no variable, every cell as if never run, every edit kept")
    void reset() throws Exception {
        run("price", "shop");
        await("shop", "done");
        post("save", "{'id':'total','rev':0,'source':'show(1);'}");
        post("reset", "{}");
        awaitThat("everything is as in the beginning", () -> status("shop").equals("idle") && state().at("/database/status").asString().equals("ready"));
        assertEquals("show(1);", cell("total").at("/source").asString());
        var looks = scratch("shop", "sql", "select to_regclass('shop') is null as gone");
        run(looks, "shop");
        await("shop", "done");
        assertTrue(html(looks).contains(">t<"), html(looks));
    }

    @Test @DisplayName("says that the database died under the page, and offers the button that mends it")
    void lostDatabase() throws Exception {
        run("price", "shop");
        await("shop", "done");
        var kills = scratch("shop", "java", "ProcessHandle.of(valueAs(admin(), Integer.class, \\\"select pid from pg_stat_activity "
            + "where backend_type = 'checkpointer'\\\")).flatMap(ProcessHandle::parent).orElseThrow().destroyForcibly()");
        run(kills);
        awaitThat("it has ended", () -> !List.of("running", "queued").contains(status(kills)));
        var asks = scratch(kills, "sql", "select 1");
        run(asks);
        awaitThat("the database is lost", () -> state().at("/database/status").asString().equals("lost"));
        assertEquals(200, post("reset", "{'replay':true}").status());
        awaitThat("the finished cells ran again", () -> status("shop").equals("done") && state().at("/database/status").asString().equals("ready"));
    }

    @Test @DisplayName("notices that the database died while nobody ran a cell, and offers the button that mends it")
    void databaseDiesIdle() throws Exception {
        run("price", "shop");
        await("shop", "done");
        var server = number("ProcessHandle.of(valueAs(admin(), Integer.class, \\\"select pid from pg_stat_activity "
            + "where backend_type = 'checkpointer'\\\")).flatMap(ProcessHandle::parent).orElseThrow().pid()");
        try (var window = page.events()) {
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
            awaitThat("the page says so", () -> window.text().contains("its server does not answer any more"));
            assertTrue(window.text().contains("\"replay\":true"), window.text());
            assertEquals("lost", state().at("/database/status").asString());
            assertEquals(200, post("reset", "{'replay':true}").status());
            awaitThat("the finished cells ran again", () -> status("shop").equals("done") && state().at("/database/status").asString().equals("ready"));
        }
    }

    @Test @DisplayName("notices that the process of the Java cells died while nobody ran one, runs nothing by itself, and goes on with SQL")
    void childDiesIdle() throws Exception {
        run("price", "shop");
        await("shop", "done");
        var child = number("ProcessHandle.current().pid()");
        try (var window = page.events()) {
            ProcessHandle.of(child).orElseThrow().destroyForcibly();
            awaitThat("the page says so", () -> window.text().contains("The process for Java cells has ended"));
            assertTrue(window.text().contains("\"replay\":true"), window.text());
            var asks = scratch("shop", "sql", "select count(*) from shop", "owner", "");
            run(asks);
            await(asks, "done");
            assertEquals("dead", state().at("/kernel/status").asString());
            assertEquals(200, post("reset", "{'replay':true}").status());
            awaitThat("Java is back", () -> state().at("/kernel/status").asString().equals("ready") && status(asks).equals("done"));
            run("total");
            await("total", "done");
        }
    }

    /** What a Java cell of one expression gives. */
    private long number(String expression) throws Exception {
        var asks = scratch("shop", "java", "show(\\\"it is \\\" + " + expression + ");");
        run(asks);
        await(asks, "done");
        var found = java.util.regex.Pattern.compile("it is (\\d+)").matcher(html(asks));
        assertTrue(found.find(), html(asks));
        page.post("remove", "{\"id\":\"" + asks + "\"}");
        return Long.parseLong(found.group(1));
    }

    @Test @DisplayName("keeps edits and cells of the learner's own over a restart, in their order")
    void keepsEdits() throws Exception {
        var first = scratch("price", "sql", "select 1");
        var second = scratch(first, "java", "var mine = 2;");
        var between = scratch(first, "sql", "select 3", "owner", "A");
        post("save", "{'id':'total','rev':0,'source':'show(\\\"mine\\\");'}");
        var before = sources();
        server.close();
        serve();
        assertEquals(before, sources());
        assertEquals("A", cell(between).at("/session").asString());
        assertEquals(between, cell(second).at("/after").asString());
        assertFalse(scratch(second, "sql", "select 4").equals(second), "names are not given twice");
    }

    @Test @DisplayName("loses neither of two texts that two windows type into one cell")
    void twoWindows() throws Exception {
        var first = post("save", "{'id':'price','rev':0,'source':'var price = 1;','by':'a'}");
        assertEquals(200, first.status());
        var second = post("save", "{'id':'price','rev':0,'source':'var price = 2;','by':'b'}");
        assertEquals(409, second.status());
        assertEquals("var price = 1;", second.json().at("/source").asString());
        assertEquals(200, post("save", "{'id':'price','rev':" + second.json().at("/rev").asInt() + ",'source':'var price = 2;','by':'b'}").status());
    }

    @Test @DisplayName("moves a damaged file of edits aside, with its content")
    void damagedEdits() throws Exception {
        server.close();
        course.write(".course/notebook/01-trial.json", "{ \"cells\": [ half");
        serve();
        assertEquals("var price = 40 + 2;\nshow(\"the price is \" + price);", cell("price").at("/source").asString());
        try (var files = Files.list(course.root().resolve(".course/notebook"))) {
            var aside = files.filter(file -> file.toString().contains("damaged")).findFirst().orElseThrow();
            assertEquals("{ \"cells\": [ half", Files.readString(aside));
        }
    }

    @Test @DisplayName("says on the page that it is older than the lesson")
    void stalePage() throws Exception {
        assertFalse(page.get("/01-trial.html").body().contains("older than the lesson"));
        course.page("price", "total");
        assertTrue(page.get("/01-trial.html").body().contains("older than the lesson"));
    }

    @Test @DisplayName("says which port is taken and what to do, instead of starting on another")
    void portTaken() {
        var refused = org.junit.jupiter.api.Assertions.assertThrows(lab.LabException.class, () -> NotebookServer.start(course.home(), server.port(), "embedded"));
        assertTrue(refused.getMessage().contains("port " + server.port() + " is taken") && refused.getMessage().contains("--port"), refused.getMessage());
    }

    /** A statement of the cell runs on the server, where the cell has one. */
    private void awaitStatement(String cell) throws Exception {
        if (cell(cell).at("/source").asString().contains("pg_sleep")) {
            var looks = scratch("twice", "sql", "select count(*) as sleeping from pg_stat_activity where state = 'active' and query like '%pg_sleep(6%' "
                + "and pid <> pg_backend_pid()", "admin", "observer");
            awaitThat("the server sleeps", () -> {
                run(looks);
                await(looks, "done");
                return html(looks).contains(">1<");
            });
        }
    }

    // ---- in few words

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void run(String... cells) throws IOException {
        var ids = String.join(",", List.of(cells).stream().map(id -> "{'id':'" + id + "'}").toList());
        assertEquals(200, post("run", "{'cells':[" + ids + "]}").status());
    }

    private String scratch(String after, String language, String source) throws IOException {
        return scratch(after, language, source, "app", "");
    }

    private String scratch(String after, String language, String source, String role, String session) throws IOException {
        var body = "{\"after\":\"%s\",\"language\":\"%s\",\"role\":\"%s\",\"session\":\"%s\",\"source\":\"%s\"}".formatted(after, language, role, session, source);
        var answer = page.post("scratch", body);
        assertEquals(200, answer.status(), answer.body());
        return answer.json().at("/cell/id").asString();
    }

    private Web.Reply post(String command, String body) throws IOException {
        return page.post(command, body.replace('\'', '"'));
    }

    private JsonNode state() throws IOException {
        return page.get("/api/01-trial/state").json();
    }

    private JsonNode cell(String id) throws IOException {
        return state().at("/cells").valueStream().filter(cell -> cell.at("/id").asString().equals(id)).findFirst().orElseThrow();
    }

    private String status(String id) throws IOException {
        return cell(id).at("/status").asString();
    }

    private String html(String id) throws IOException {
        return String.join("\n", cell(id).at("/outputs").valueStream().map(output -> output.at("/html").asString()).toList());
    }

    private List<String> sources() throws IOException {
        return state().at("/cells").valueStream().map(cell -> cell.at("/id").asString() + ": " + cell.at("/source").asString()).toList();
    }

    private void await(String id, String status) throws Exception {
        awaitThat(id + " is " + status, () -> status(id).equals(status));
    }

    private void awaitThat(String what, Condition condition) throws Exception {
        var end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + ": not within " + PATIENCE_SECONDS + " s. The state is " + state());
            }
            Thread.sleep(30);
        }
    }
}

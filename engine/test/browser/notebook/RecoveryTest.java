package browser.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import browser.TinyNotebook;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lab.os.Signals;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A notebook that recovers")
class RecoveryTest extends TinyNotebook {
    /** Java for a cell: the process of its server. */
    private static final String POSTMASTER = "ProcessHandle.of(valueAs(admin(), Integer.class, \\\"select pid from pg_stat_activity "
            + "where backend_type = 'checkpointer'\\\")).flatMap(ProcessHandle::parent).orElseThrow()";

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

    @Test @DisplayName("says that the database died under the page, and offers the button that mends it")
    void lostDatabase() throws Exception {
        run("price", "shop");
        await("shop", "done");
        var kills = scratch("shop", "java", POSTMASTER + ".destroyForcibly()");
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
        var server = number(POSTMASTER + ".pid()");
        try (var window = page.events("")) {
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
            awaitThat("the page says so", () -> window.text().contains("its server does not answer any more"));
            assertTrue(window.text().contains("\"replay\":true"), window.text());
            assertEquals("lost", state().at("/database/status").asString());
            assertEquals(200, post("reset", "{'replay':true}").status());
            awaitThat("the finished cells ran again", () -> status("shop").equals("done") && state().at("/database/status").asString().equals("ready"));
        }
    }

    @Test @DisplayName("notices that the server is frozen while a cell waits for it, and offers the button that mends it")
    void frozenServer() throws Exception {
        run("price", "shop");
        await("shop", "done");
        var server = ProcessHandle.of(number(POSTMASTER + ".pid()")).orElseThrow();
        var all = Stream.concat(Stream.of(server), server.descendants()).map(ProcessHandle::pid).toList();
        try (var window = page.events("")) {
            Signals.send("STOP", all);
            var waits = scratch("shop", "sql", "select count(*) from shop", "owner", "");
            run(waits);
            awaitThat("the page says so", () -> window.text().contains("its server does not answer any more"));
            assertEquals(200, post("reset", "{'replay':true}").status());
            awaitThat("the finished cells ran again", () -> status("shop").equals("done") && state().at("/database/status").asString().equals("ready"));
            assertNotEquals("running", status(waits));
        } finally {
            Signals.send("CONT", all);
        }
    }

    @Test @DisplayName("notices that the process of the Java cells died while nobody ran one, runs nothing by itself, and goes on with SQL")
    void childDiesIdle() throws Exception {
        run("price", "shop");
        await("shop", "done");
        var child = number("ProcessHandle.current().pid()");
        try (var window = page.events("")) {
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

    /** What a Java cell of one expression gives. */
    private long number(String expression) throws Exception {
        var asks = scratch("shop", "java", "show(\\\"it is \\\" + " + expression + ");");
        run(asks);
        await(asks, "done");
        var found = Pattern.compile("it is (\\d+)").matcher(html(asks));
        assertTrue(found.find(), html(asks));
        page.post("remove", "{\"id\":\"" + asks + "\"}");
        return Long.parseLong(found.group(1));
    }

    @Test @DisplayName("leaves no server running when it is closed while it recovers")
    void closedMeanwhile() throws Exception {
        var before = guards();
        run("price");
        await("price", "done");
        var server = number(POSTMASTER + ".pid()");
        ProcessHandle.of(server).orElseThrow().destroyForcibly();
        assertEquals(200, post("reset", "{'replay':true}").status());
        this.server.close();
        Thread.sleep(3_000); // one that starts too late has started by then
        awaitThat("all its servers are gone", () -> before.containsAll(guards()));
    }

    private static List<Long> guards() {
        return ProcessHandle.current().descendants().filter(process -> process.info().commandLine().orElse("").contains("course-guard"))
            .map(ProcessHandle::pid).toList();
    }
}

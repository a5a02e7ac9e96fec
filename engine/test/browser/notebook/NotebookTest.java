package browser.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import browser.TinyNotebook;
import browser.Web;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A notebook")
class NotebookTest extends TinyNotebook {
    @Test @DisplayName("runs cells of Java and SQL in order, shows what the lesson shows, and expects the failure that the lesson expects")
    void runs() throws Exception {
        run("price", "total", "shop", "twice");
        await("twice", "done");
        assertTrue(html("price").contains("the price is 42"), html("price"));
        assertTrue(html("total").contains("the total is 84"), html("total"));
        assertTrue(cell("twice").at("/shapes").toString().contains("failure[23505]"), cell("twice").toString());
    }

    @Test @DisplayName("runs nothing after a cell that fails")
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

    @Test @DisplayName("stops a query, a loop and what waits for them")
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

    @Test @DisplayName("does not stop what is run right after a stop")
    void runAfterStop() throws Exception {
        var endless = scratch("shop", "sql", "select pg_sleep(60)");
        var next = scratch("shop", "sql", "select pg_sleep(0.3)");
        for (int i = 0; i < 5; i++) {
            run(endless);
            await(endless, "running");
            assertEquals(200, post("stop", "{}").status());
            await(endless, "stopped");
            run(next);
            awaitThat("it has ended", () -> !List.of("running", "queued").contains(status(next)));
            assertEquals("done", status(next), html(next));
        }
    }

    @Test @DisplayName("tells a window that watches the sessions of them until that window has closed its panel, whatever others close")
    void watch() throws Exception {
        run("shop");
        await("shop", "done");
        try (var one = page.events("one"); var two = page.events("two")) {
            assertEquals(200, post("watch", "{'on':true,'by':'one'}").status());
            assertEquals(200, post("watch", "{'on':true,'by':'two'}").status());
            awaitThat("two is told of sessions", () -> watched(two) > 0);
            assertEquals(200, post("watch", "{'on':false,'by':'one'}").status());
            var before = watched(two);
            awaitThat("two is still told of them", () -> watched(two) > before + 2);
        }
    }

    private static long watched(Web.Heard window) throws Exception {
        return window.text().lines().filter("event: watch"::equals).count();
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
}

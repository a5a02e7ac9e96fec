package browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lab.LabException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The notebook's server")
class NotebookServerTest extends TinyNotebook {
    @Test @DisplayName("says on the page that it is older than the lesson")
    void stalePage() throws Exception {
        assertFalse(page.get("/01-trial.html").body().contains("older than the lesson"));
        course.page("price", "total");
        assertTrue(page.get("/01-trial.html").body().contains("older than the lesson"));
    }

    @Test @DisplayName("does a command once that a page sends again, and answers and refuses as it did the first time")
    void onceOnly() throws Exception {
        var before = sources().size();
        var first = named("one", "scratch", "{'after':'price','language':'sql'}");
        assertEquals(first.body(), named("one", "scratch", "{'after':'price','language':'sql'}").body());
        assertEquals(before + 1, sources().size());
        assertNotEquals(first.body(), named("two", "scratch", "{'after':'price','language':'sql'}").body());
        var refused = named("three", "save", "{'id':'price','rev':7,'source':'var price = 1;'}");
        assertEquals(409, refused.status());
        assertEquals(refused.body(), named("three", "save", "{'id':'price','rev':0,'source':'var price = 1;'}").body());
    }

    private Web.Reply named(String name, String command, String body) throws Exception {
        var headers = page.commandHeaders();
        headers.put("X-Course-Command", name);
        return page.web().send("POST /api/01-trial/" + command, headers, body.replace('\'', '"'));
    }

    @Test @DisplayName("says which port is taken and what to do, instead of starting on another")
    void portTaken() {
        var refused = assertThrows(LabException.class, () -> NotebookServer.start(course.home(), server.port(), "embedded"));
        assertTrue(refused.getMessage().contains("port " + server.port() + " is taken") && refused.getMessage().contains("--port"), refused.getMessage());
    }
}

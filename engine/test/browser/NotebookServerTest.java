package browser;

import static org.junit.jupiter.api.Assertions.assertFalse;
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

    @Test @DisplayName("says which port is taken and what to do, instead of starting on another")
    void portTaken() {
        var refused = assertThrows(LabException.class, () -> NotebookServer.start(course.home(), server.port(), "embedded"));
        assertTrue(refused.getMessage().contains("port " + server.port() + " is taken") && refused.getMessage().contains("--port"), refused.getMessage());
    }
}

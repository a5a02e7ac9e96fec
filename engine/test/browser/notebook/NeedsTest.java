package browser.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import browser.TinyNotebook;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A cell that failed")
class NeedsTest extends TinyNotebook {
    @Test @DisplayName("says which cells it needs, in Java and in SQL, until it runs again")
    void needs() throws Exception {
        run("total");
        awaitThat("total says what it needs", () -> needed("total").equals("[\"price\"]"));
        assertEquals("NAMES", cell("total").at("/need/reason").asString());
        run("twice");
        awaitThat("twice says what it needs", () -> needed("twice").equals("[\"shop\"]"));
        var mine = scratch("price", "sql", "select {{price}}");
        run(mine);
        awaitThat("mine says what it needs", () -> needed(mine).equals("[\"price\"]"));
        run("price", "total", "shop", "twice");
        await("twice", "done");
        assertEquals("", needed("total"));
        assertEquals("", needed("twice"));
    }

    private String needed(String id) throws Exception {
        var cells = cell(id).at("/need/cells");
        return cells.isMissingNode() || cells.isEmpty() ? "" : cells.toString();
    }
}

package browser.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import browser.TinyNotebook;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A notebook that is written in")
class NotebookFileTest extends TinyNotebook {
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

    @Test @DisplayName("takes no text that it cannot keep, however often it is sent, and takes it as soon as it can")
    void cannotKeep() throws Exception {
        var folder = course.root().resolve(".course/notebook");
        post("save", "{'id':'price','rev':0,'source':'var price = 1;'}");
        Files.move(folder, folder.resolveSibling("aside"));
        Files.writeString(folder, "not a folder");
        for (int i = 0; i < 2; i++) {
            var refused = post("save", "{'id':'price','rev':1,'source':'var price = 2;'}");
            assertEquals(500, refused.status());
            assertTrue(refused.body().contains("cannot keep what you wrote"), refused.body());
            assertEquals("var price = 1;", cell("price").at("/source").asString());
        }
        Files.delete(folder);
        assertEquals(200, post("save", "{'id':'price','rev':1,'source':'var price = 2;'}").status());
        assertTrue(Files.readString(folder.resolve("01-trial.json")).contains("var price = 2;"));
    }
}

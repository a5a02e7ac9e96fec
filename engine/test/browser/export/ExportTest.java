package browser.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import browser.TinyCourse;
import browser.notebook.Notebook;
import browser.notebook.state.PageCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kernel.cell.Cell;
import kernel.compile.JavaCompiler;
import lab.Role;
import lab.os.Folders;
import lesson.Home;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A notebook taken away")
class ExportTest {
    @Test @DisplayName("to Jupyter has a kernel, an id for each cell, text, code and the recorded outputs")
    void ipynb() throws Exception {
        for (var lesson : Home.here().lessons()) {
            var notebook = JsonMapper.shared().readTree(Download.text(Home.here(), lesson.number(), "ipynb"));
            assertEquals(4, notebook.at("/nbformat").asInt());
            assertEquals(5, notebook.at("/nbformat_minor").asInt());
            assertEquals("java", notebook.at("/metadata/kernelspec/name").asString());
            var ids = new HashSet<String>();
            for (var cell : notebook.at("/cells")) {
                assertTrue(cell.at("/id").asString().matches("[a-zA-Z0-9-_]{1,64}"), cell.at("/id").toString());
                assertTrue(ids.add(cell.at("/id").asString()), "twice: " + cell.at("/id"));
                assertTrue(List.of("code", "markdown").contains(cell.at("/cell_type").asString()));
                assertEquals(cell.at("/cell_type").asString().equals("code"), cell.has("outputs") && cell.has("execution_count"));
            }
            assertTrue(notebook.at("/cells").valueStream().anyMatch(cell -> cell.at("/outputs/0/data/text~1plain/0").asString("").length() > 1), lesson.id());
        }
    }

    @Test @Timeout(value = 5, unit = TimeUnit.MINUTES) @DisplayName("to a program compiles, every lesson of the course")
    void jbang() throws Exception {
        var folder = Files.createTempDirectory("export");
        var files = new ArrayList<Path>();
        for (var lesson : Home.here().lessons()) {
            files.add(Files.writeString(folder.resolve("Notebook" + lesson.number() + ".java"), Download.text(Home.here(), lesson.number(), "jbang")));
        }
        // Together, because the compiler reads its modules and the course once for all of them.
        var result = JavaCompiler.compile(files, Map.of());
        assertInstanceOf(JavaCompiler.Result.Compiled.class, result, result::toString);
        Folders.delete(folder);
    }

    @Test @DisplayName("has what the learner wrote, and is a program although cells may do what methods may not")
    void edited() throws Exception {
        try (var course = new TinyCourse(); var notebook = new Notebook(course.lesson(), "embedded")) {
            notebook.ask(new PageCommand.Edit("price", "import java.util.concurrent.TimeUnit;\nint half(int n) { return n / 2; }\nvar price = half(84);\nprice", ""));
            notebook.ask(new PageCommand.Add("price", Cell.Language.JAVA, Role.APP, "", "int price = 7;\nTimeUnit.DAYS"));
            notebook.ask(new PageCommand.Add("price", Cell.Language.SQL, Role.APP, "", "select {{price}} + 1 as \\x"));
            notebook.ask(new PageCommand.Add("shop", Cell.Language.SQL, Role.APP, "", "insert into shop values ({{price}});\nselect id -- result: rows\nfrom shop"));
            notebook.ask(new PageCommand.Add("scratch-3", Cell.Language.JAVA, Role.APP, "", "var ids = rows.stream().map(row -> row.id()).toList();\nids"));
            notebook.ask(new PageCommand.Add("scratch-4", Cell.Language.JAVA, Role.APP, "", "show(ids.size())"));
            var text = Download.text(course.home(), "01", "jbang");
            assertTrue(text.contains("statement.setObject(1, price);") && text.contains("// show(ids.size())"), text);
            assertTrue(text.contains("//DEPS \"" + course.root() + "/engine/Course.java\""), text);
            assertTrue(text.contains("show(price);") && text.contains("price = 7;") && !text.contains("int price = 7;"), text);
            assertTrue(text.contains("queryAs(app(), ") && text.contains("select ? + 1"), text);
            var file = course.root().resolve("Notebook01.java");
            Files.writeString(file, text);
            assertInstanceOf(JavaCompiler.Result.Compiled.class, JavaCompiler.compile(List.of(file), Map.of()), text);
            var cells = JsonMapper.shared().readTree(Download.text(course.home(), "01", "ipynb")).at("/cells");
            assertTrue(cells.toString().contains("var price = half(84);") && cells.toString().contains("scratch-2"), cells.toString());
        }
    }

    @Test @DisplayName("has the page as it is now, however long the notebook has been running")
    void pageOfToday() throws Exception {
        try (var course = new TinyCourse()) {
            assertTrue(Download.text(course.home(), "01", "ipynb").contains("So it is."));
            var page = course.lesson().page();
            Files.writeString(page, Files.readString(page).replace("So it is.", "So it is today.").replace("<h1>Trial", "<h1>Trial of today"));
            var text = Download.text(course.home(), "01", "ipynb");
            assertTrue(text.contains("So it is today.") && text.contains("Trial of today"), text);
        }
    }

    @Test @DisplayName("has text as Markdown, and tables as they are")
    void markdown() {
        var html = Jsoup.parseBodyFragment("<p>One <em>two</em> <code>a*b</code> x_y</p><ul><li>first</li><li><p>second</p></li></ul>"
            + "<pre><code data-lang=\"sql\">select 1\n</code></pre><table><tr><td>1</td></tr></table>").body();
        var text = Markdown.of(html);
        assertTrue(text.startsWith("One *two* `a*b` x\\_y\n\n- first\n- second\n\n```sql\nselect 1\n```"), text);
        assertTrue(text.contains("<td>1</td>"), text);
        assertFalse(text.contains("<p>"), text);
    }
}

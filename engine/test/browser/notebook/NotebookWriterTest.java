package browser.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import browser.TinyCourse;
import browser.http.Refusal;
import browser.notebook.state.PageCommand;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kernel.cell.Cell;
import lab.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The writer of a notebook")
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NotebookWriterTest {
    private final TinyCourse course = new TinyCourse();
    private final Notebook notebook = new Notebook(course.lesson(), "embedded");

    @AfterEach void end() {
        notebook.close();
        course.close();
    }

    private static PageCommand.Add cell(int number) {
        return new PageCommand.Add("price", Cell.Language.SQL, Role.APP, "", "select " + number);
    }

    @Test @DisplayName("answers each of many with the state right after its own command, and keeps all of it")
    void many() throws Exception {
        var commands = new ArrayList<Callable<String>>();
        for (int i = 0; i < 100; i++) {
            var number = i;
            commands.add(() -> {
                var after = notebook.ask(cell(number));
                return after.cell(after.cells().newest()).code().source();
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(commands);
            for (int i = 0; i < 100; i++) {
                assertEquals("select " + i, answers.get(i).get());
            }
        }
        assertEquals(notebook.state().cells().all().stream().map(cell -> cell.code().source()).toList(),
            NotebookFile.of(course.lesson()).open().cells().all().stream().map(cell -> cell.code().source()).toList());
    }

    @Test @DisplayName("refuses at once what comes after its end, and what nobody knows")
    void closed() throws Exception {
        assertThrows(Refusal.class, () -> notebook.ask(new PageCommand.Remove("nothing")));
        notebook.ask(cell(1));
        notebook.close();
        assertThrows(Refusal.class, () -> notebook.ask(cell(2)));
        notebook.close();
        assertEquals(5, notebook.state().cells().all().size());
    }

    @Test @DisplayName("lets go of an interrupted thread that closes it, and leaves it interrupted")
    void interrupted() {
        Thread.currentThread().interrupt();
        notebook.close();
        assertTrue(Thread.interrupted());
    }
}

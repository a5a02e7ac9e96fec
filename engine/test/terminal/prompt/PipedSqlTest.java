package terminal.prompt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import lab.Lab;
import lab.Progress;
import lab.Role;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import terminal.drawing.TextStyle;
import terminal.page.LessonPrinter;
import terminal.screen.TerminalWriter;

@DisplayName("The SQL prompt without a terminal")
class PipedSqlTest {
    private static Lab lab;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeAll static void open() {
        lab = Providers.open("embedded", Progress.SILENT);
    }

    @AfterAll static void shut() {
        lab.close();
    }

    @Test @DisplayName("runs what comes, the last statement also without its semicolon, as the role that it was told")
    void runs() {
        assertTrue(run(Role.OWNER, "create schema prompted; create table prompted.one (id int);\nshow tables; select current_user"));
        assertTrue(text().contains("hello") && text().contains("one") && text().contains("course_owner"), text());
        assertTrue(run(Role.OWNER, "drop schema prompted cascade"));
    }

    @Test @DisplayName("ends at the first failure")
    void fails() {
        assertFalse(run(Role.APP, "select 1 / 0; select 'never'"));
        assertTrue(text().contains("22012") && !text().contains("never"), text());
    }

    @Test @DisplayName("has a sentence for a table that is not there")
    void nothing() {
        run(Role.APP, "desc nothing; select 'goes on'");
        assertTrue(text().contains("there is no table, view or index named nothing") && text().contains("goes on"), text());
    }

    private boolean run(Role role, String sql) {
        var writer = new TerminalWriter(new PrintStream(printed, true, StandardCharsets.UTF_8), StandardCharsets.UTF_8, () -> TextStyle.plain(100));
        return Prompts.sqlOf(sql, new LessonPrinter(writer), lab.lessonDatabase(), role, new PromptText(List.of("hello"), Path.of(".")));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}

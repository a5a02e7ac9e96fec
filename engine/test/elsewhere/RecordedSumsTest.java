package elsewhere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import lesson.CourseFolder;
import lesson.Lesson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedSumsTest {
    private final CourseFolder course = CourseFolder.of("course");
    private Lesson lesson;

    @BeforeEach void record() throws IOException {
        course.write("engine/elsewhere/package.json", "{}");
        course.write("engine/elsewhere/package-lock.json", "{}");
        course.write("lessons/03-tables/migrations/V3_1__users.sql", "create table users ()");
        for (var part : List.of("lesson05.java", "lesson05.adoc", "service/Service.java", "migrations/V5_1__words.sql", "elsewhere/knex.js", "elsewhere/knex.out",
                "elsewhere/psycopg.py", "elsewhere/psycopg.out", "elsewhere/spring.out")) {
            course.write("lessons/05-words/" + part, "one");
        }
        course.write("lessons/05-words/elsewhere/spring.sh", "./jbang lesson05");
        lesson = course.home().lesson("05");
        RecordedSums.now(lesson).write(lesson);
    }

    @AfterEach void remove() {
        course.close();
    }

    @Test void are_no_program_and_say_nothing_while_nothing_changes() {
        assertEquals(3, ToolProgram.of(lesson).size());
        assertEquals(List.of(), changes());
        assertEquals(RecordedSums.now(lesson), RecordedSums.of(lesson));
    }

    @ParameterizedTest(name = "name {0} when it changes, which concerns {1}")
    @CsvSource({
        "lessons/05-words/elsewhere/knex.js, knex.js",
        "lessons/05-words/elsewhere/psycopg.out, psycopg.py",
        "lessons/05-words/service/Service.java, spring.sh",
        "lessons/05-words/migrations/V5_1__words.sql, spring.sh",
        "engine/elsewhere/package-lock.json, knex.js",
        "lessons/03-tables/migrations/V3_1__users.sql, knex.js psycopg.py spring.sh"})
    void changed(String file, String programs) {
        course.write(file, "two");
        assertEquals(List.of(file + " has changed"), changes());
        var concerned = ToolProgram.of(lesson).stream().filter(program -> !RecordedSums.of(lesson).fit(program, RecordedSums.now(lesson)))
            .map(program -> program.file().getFileName().toString()).toList();
        assertEquals(List.of(programs.split(" ")), concerned);
    }

    @Test void do_not_depend_on_prose_nor_on_how_lines_end() {
        course.write("lessons/05-words/lesson05.adoc", "two");
        course.write("lessons/05-words/elsewhere/psycopg.py", "one\r");
        assertEquals(List.of(), changes());
    }

    @Test void name_what_is_new_and_what_is_gone() throws IOException {
        course.write("lessons/04-types/migrations/V4_1__types.sql", "create type mood as enum ()");
        assertEquals(List.of("lessons/04-types/migrations/V4_1__types.sql is new"), changes());
        Files.delete(lesson.folder().resolve("elsewhere/knex.out"));
        assertTrue(changes().contains("lessons/05-words/elsewhere/knex.out is gone"), changes().toString());
    }

    @Test void of_a_lesson_that_nobody_recorded_fit_no_program() throws IOException {
        Files.delete(RecordedSums.file(lesson));
        assertFalse(ToolProgram.of(lesson).stream().anyMatch(program -> RecordedSums.of(lesson).fit(program, RecordedSums.now(lesson))));
    }

    private List<String> changes() {
        return RecordedSums.of(lesson).changes(RecordedSums.now(lesson));
    }
}

package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import elsewhere.RecordedSums;
import elsewhere.ToolProgram;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import lesson.CourseFolder;
import lesson.Home;
import org.junit.jupiter.api.Test;

class ToolCheckTest {
    @Test void what_a_program_prints_must_be_what_was_recorded() {
        try (var course = CourseFolder.of("course")) {
            course.write("lessons/02-sums/lesson02.java", "void main() { }");
            course.write("lessons/02-sums/elsewhere/psycopg.py", "print(1 + 1)");
            var program = "lessons/02-sums/elsewhere/psycopg.py runs and prints what was recorded";
            var missing = ToolCheck.of(course.home(), "embedded").getFirst();
            assertTrue(missing.message().endsWith("psycopg.out is missing; run `./jbang record --elsewhere 02`"), missing.message());
            course.write("lessons/02-sums/elsewhere/psycopg.out", "3\n");
            var another = ToolCheck.of(course.home(), "embedded").getFirst();
            assertEquals(program + ": it was recorded as\n3\nand now prints\n2\n", another.name() + ": " + another.message());
            assertFalse(another.passed());
            course.write("lessons/02-sums/elsewhere/psycopg.out", "2\n");
            assertTrue(ToolCheck.of(course.home(), "embedded").getFirst().passed());
        }
    }

    @Test void a_program_and_a_migration_that_changed_since_they_were_recorded_are_named_without_a_run() throws IOException {
        try (var course = CourseFolder.of("course")) {
            course.write("lessons/03-tables/migrations/V3_1__users.sql", "create table users ()");
            course.write("lessons/04-sums/elsewhere/psycopg.py", "print(1 + 1)");
            course.write("lessons/04-sums/elsewhere/psycopg.out", "2\n");
            var lesson = course.home().lesson("04");
            RecordedSums.now(lesson).write(lesson);
            assertEquals(List.of(), ToolCheck.unrecorded(course.home()));
            course.write("lessons/03-tables/migrations/V3_1__users.sql", "create table users (id int)");
            course.write("lessons/04-sums/elsewhere/psycopg.py", "print(1 + 2)");
            var since = " has changed since " + RecordedSums.file(lesson) + " was written; run `./jbang record --elsewhere 04`";
            assertEquals(List.of("lessons/03-tables/migrations/V3_1__users.sql" + since, "lessons/04-sums/elsewhere/psycopg.py" + since),
                ToolCheck.unrecorded(course.home()));
        }
    }

    @Test void a_few_are_one_of_each_language_and_the_same_until_something_recorded_changes() {
        var few = ToolCheck.few(Home.here());
        assertEquals(List.of("java", "js", "py", "sh"), few.stream().map(ToolProgram::extension).toList());
        assertEquals(List.copyOf(few), List.copyOf(ToolCheck.few(Home.here())));
        try (var course = CourseFolder.of("course")) {
            for (var name : "abcdefgh".split("")) {
                course.write("lessons/02-sums/elsewhere/" + name + ".py", "");
            }
            var chosen = new TreeSet<String>();
            for (var sum : List.of("1", "2", "3", "4", "5", "6", "7", "8", "9")) {
                course.write("lessons/02-sums/elsewhere/recorded.sums", sum + "  lessons/02-sums/elsewhere/a.py\n");
                ToolCheck.few(course.home()).forEach(program -> chosen.add(program.name()));
            }
            assertTrue(chosen.size() > 1, chosen.toString());
        }
    }
}

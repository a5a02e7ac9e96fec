package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lesson.CourseFolder;
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
}

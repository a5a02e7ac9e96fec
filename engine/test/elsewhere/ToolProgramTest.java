package elsewhere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lab.LabException;
import lab.os.Privileges;
import lesson.CourseFolder;
import org.junit.jupiter.api.Test;

class ToolProgramTest {
    private static final String LESSON = "lessons/02-sums/";

    @Test void a_program_gets_a_database_of_its_own_as_the_owner() throws Exception {
        try (var course = course("psycopg.py", "import os\nprint(os.environ['PGUSER'], os.environ['DATABASE_URL'].startswith('postgresql://course_owner:'))")) {
            var program = ToolProgram.of(course.home().lesson("02")).getFirst();
            assertEquals("psycopg.py", program.file().getFileName().toString());
            assertEquals("psycopg.out", program.recording().getFileName().toString());
            assertEquals("course_owner True\n", ToolRun.output(program, "embedded"));
        }
    }

    @Test void a_script_may_start_a_server_in_its_folder() throws Exception {
        var write = Privileges.isRoot() ? "setpriv --reuid=65534 --clear-groups touch there" : "touch there";
        try (var course = course("tool.sh", "set -e\n" + write + "\nls there; echo \"$PGUSER\"")) {
            assertEquals("there\ncourse_owner\n", ToolRun.output(ToolProgram.of(course.home().lesson("02")).getFirst(), "embedded"));
        }
    }

    @Test void a_claim_that_does_not_hold_is_told_with_the_program_and_what_it_said() {
        try (var course = course("psycopg.py", "print('before')\nassert 1 == 2, 'one is not two'")) {
            var failure = assertThrows(LabException.class, () -> ToolRun.output(ToolProgram.of(course.home().lesson("02")).getFirst(), "embedded"));
            assertTrue(failure.getMessage().startsWith(LESSON + "elsewhere/psycopg.py ended with 1:\nbefore\n"), failure.getMessage());
            assertTrue(failure.getMessage().contains("AssertionError: one is not two"), failure.getMessage());
        }
    }

    @Test void a_recording_is_no_program_and_a_language_that_is_not_known_is_named() {
        try (var course = course("tool.rb", "puts 1")) {
            course.write(LESSON + "elsewhere/tool.out", "1\n");
            var programs = ToolProgram.of(course.home().lesson("02"));
            assertEquals(1, programs.size());
            var failure = assertThrows(IllegalArgumentException.class, () -> programs.getFirst().command());
            assertEquals(LESSON + "elsewhere/tool.rb is no .js, .py, .sh or .java", failure.getMessage());
        }
    }

    private static CourseFolder course(String name, String program) {
        var course = CourseFolder.of("course");
        course.write(LESSON + "lesson02.java", "void main() { }");
        course.write(LESSON + "elsewhere/" + name, program);
        return course;
    }
}

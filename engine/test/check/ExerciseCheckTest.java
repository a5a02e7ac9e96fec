package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grading.host.SampleCourse;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The check of exercises")
class ExerciseCheckTest {
    @Test @DisplayName("judges an exercise once more of which something failed, and says what failed at first")
    void twoTries() {
        try (var course = new SampleCourse()) {
            course.write("solutions/02-sums/1-sum-up/SumUp.java", SampleCourse.GOOD.replace("public static long", """
                static int call() {
                    try {
                        var file = java.nio.file.Path.of("%s");
                        var first = !java.nio.file.Files.exists(file);
                        java.nio.file.Files.writeString(file, "x");
                        return first ? 1 : 0;
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }

                public static long""".formatted(course.root().resolve("called.txt"))).replace("result.getLong(1);", "result.getLong(1) + call();"));
            var solution = ExerciseCheck.solutions(List.of(course.exercise()), "embedded").getFirst();
            assertEquals("02.1 sum-up: the solution passes", solution.name());
            assertTrue(solution.isUnstable() && solution.message().startsWith("the check sums"), solution.message());
        }
    }
}

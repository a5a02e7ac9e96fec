package grading.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.host.SampleCourse;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("reset")
class ResetTest {
    @Test @DisplayName("brings the starter back, keeps the learner's files, and leaves the task alone")
    void keepsABackup() throws Exception {
        try (var course = new SampleCourse()) {
            course.answer("mine");
            course.write("exercises/02-sums/1-sum-up/Helper.java", "class Helper { }");
            var first = Reset.of(course.exercise());
            assertEquals(SampleCourse.STARTER, Files.readString(course.exercise().folder().resolve("SumUp.java")));
            assertEquals("mine", Files.readString(first.resolve("SumUp.java")));
            assertTrue(Files.exists(first.resolve("Helper.java")));
            assertFalse(Files.exists(course.exercise().folder().resolve("Helper.java")));
            assertTrue(Files.exists(course.exercise().folder().resolve("exercise.adoc")));
        }
    }

    @Test @DisplayName("twice in a second keeps both backups")
    void twice() throws Exception {
        try (var course = new SampleCourse()) {
            course.answer("first");
            var first = Reset.of(course.exercise());
            course.answer("second");
            var second = Reset.of(course.exercise());
            assertEquals("first", Files.readString(first.resolve("SumUp.java")));
            assertEquals("second", Files.readString(second.resolve("SumUp.java")));
        }
    }
}

package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An answer of somebody else gets a verdict that it cannot write itself")
class OthersAnswersTest {
    private static VerifiedCourse course;

    @BeforeAll static void open() {
        course = VerifiedCourse.ofOthers();
    }

    @AfterAll static void close() {
        course.close();
    }

    @Test @DisplayName("a good one passes")
    void good() throws Exception {
        var verdict = course.verified(SampleCourse.GOOD);
        assertTrue(verdict.passed(), () -> VerifiedCourse.described(verdict));
        course.next();
    }
}

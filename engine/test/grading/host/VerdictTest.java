package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.report.CheckStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A verdict says what an answer lacks, and what to do")
class VerdictTest {
    private static VerifiedCourse course;

    @BeforeAll static void open() {
        course = new VerifiedCourse();
    }

    @AfterAll static void close() {
        course.close();
    }

    @Test @DisplayName("a good answer passes every check")
    void good() throws Exception {
        var verdict = course.verified(SampleCourse.GOOD);
        assertTrue(verdict.passed(), () -> VerifiedCourse.described(verdict));
        assertEquals(0, verdict.exitCode());
        assertEquals(5, verdict.score());
    }

    @Test @DisplayName("one that does not compile gets javac's words with file, line and source")
    void doesNotCompile() throws Exception {
        var bad = course.refused(SampleCourse.body("return \"five\";"), "compiles");
        assertTrue(bad.cause().actual().contains("SumUp.java:6: incompatible types"), bad.cause().actual());
        assertTrue(bad.cause().actual().contains("return \"five\";"), bad.cause().actual());
    }

    @Test @DisplayName("one with another signature is told that the verifier cannot call it")
    void wrongSignature() throws Exception {
        var bad = course.refused("public class SumUp { public static long total() { return 5050; } }", "shape");
        assertTrue(bad.cause().message().contains("cannot find symbol"), bad.cause().message());
        assertTrue(bad.cause().lookAt().contains("reset 02.1"), bad.cause().lookAt());
    }

    @Test @DisplayName("one that throws is told what, and in which line")
    void throwsSomething() throws Exception {
        var bad = course.refused(SampleCourse.body("throw new IllegalStateException(\"not yet\");"), "sums");
        assertEquals("IllegalStateException: not yet", bad.cause().actual());
        assertEquals("SumUp.java:6", bad.cause().lookAt());
    }

    @Test @DisplayName("one without its file is told how to get it back")
    void hasNoFile() throws Exception {
        var verdict = course.verifiedWithoutFile();
        assertTrue(verdict.firstBad().orElseThrow().cause().actual().contains("reset 02.1"), () -> VerifiedCourse.described(verdict));
        course.next();
    }

    @Test @DisplayName("a check that needs one that has not passed is skipped and says which")
    void skips() throws Exception {
        var verdict = course.verified(SampleCourse.STARTER);
        var skipped = verdict.checks().get(3);
        assertEquals("ignoresNull", skipped.name());
        assertEquals(CheckStatus.SKIPPED, skipped.status());
        assertEquals("needs: The sum is right", skipped.cause().what());
    }
}

package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grading.report.Check;
import grading.report.Report;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    @Test @DisplayName("one in a package is told to leave it")
    void packaged() throws Exception {
        var bad = course.refused("// mine\npackage shop;\n" + SampleCourse.GOOD, "compiles");
        assertEquals("SumUp.java:2: take this line out: an answer is in no package\n    package shop;", bad.cause().actual());
    }

    @Test @DisplayName("a verifier that does not compile is named, and no learner told to mend it")
    void verifierDoesNotCompile() throws Exception {
        var verdict = course.verifiedBy(SampleCourse.VERIFIER.replace("Expect.equal(", "Expect.equals("), SampleCourse.STARTER);
        var bad = verdict.firstBad().orElseThrow();
        assertEquals(Check.Status.BROKEN, bad.status());
        assertTrue(bad.cause().actual().startsWith("the verifier itself does not compile:\nSumUpTest.java:8: "), bad.cause().actual());
        assertTrue(bad.cause().lookAt().startsWith("This is not your mistake"), bad.cause().lookAt());
        assertEquals(2, verdict.exitCode());
        course.next();
    }

    @Test @DisplayName("one saved with a byte order mark is read as any other")
    void byteOrderMark() throws Exception {
        var verdict = course.verified("\uFEFF" + SampleCourse.GOOD);
        assertTrue(verdict.passed(), () -> VerifiedCourse.described(verdict));
        var other = course.verified("\uFEFF" + SampleCourse.body("return \"five\";"));
        assertTrue(other.firstBad().orElseThrow().cause().actual().startsWith("SumUp.java:6: incompatible types"), () -> VerifiedCourse.described(other));
    }

    @Test @DisplayName("one that is not saved as UTF-8 is told to be")
    void otherEncodings() throws Exception {
        var answer = SampleCourse.GOOD.replace("summing", "sümming");
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)) {
            var verdict = course.verified(answer.getBytes(charset));
            var found = charset.equals(StandardCharsets.ISO_8859_1) ? "Latin-1 or another old encoding" : "UTF-16";
            assertEquals("SumUp.java is saved as " + found + ": save it as UTF-8 in your editor", verdict.firstBad().orElseThrow().cause().actual());
            assertEquals(1, verdict.exitCode());
        }
        course.next();
    }

    @Test @DisplayName("what a check got is bounded, and begins and ends as it did")
    void bounded() throws Exception {
        var bad = course.refused(SampleCourse.body("throw new IllegalStateException(\"x\".repeat(35_000) + \"the end\");"), "sums");
        assertTrue(bad.cause().actual().startsWith("IllegalStateException: xxx"), bad.cause().actual());
        assertTrue(bad.cause().actual().endsWith("xxxthe end"), bad.cause().actual());
        assertTrue(bad.cause().actual().contains(" … (33090 characters left out) … "), bad.cause().actual());
    }

    @Test @DisplayName("one that fails on random data is told the seed that brings it again, and the report too")
    void seed() throws Exception {
        var verdict = course.verifiedBy(SampleCourse.VERIFIER.replaceFirst("(?=Expect.equal)", "RandomData.create().coin();\n"), SampleCourse.STARTER);
        var bad = verdict.firstBad().orElseThrow();
        var seed = bad.cause().seed();
        assertTrue(seed.matches("\\d+"), seed);
        assertEquals("the select list\nseed " + seed + ", COURSE_SEED=" + seed + " repeats it", bad.cause().lookAt());
        assertEquals(List.of(seed, ""), Report.of(verdict).tests().stream().filter(test -> !test.message().isEmpty()).map(Report.Test::seed).limit(2).toList());
        course.next();
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
        assertEquals(Check.Status.SKIPPED, skipped.status());
        assertEquals("needs: The sum is right", skipped.cause().what());
    }
}

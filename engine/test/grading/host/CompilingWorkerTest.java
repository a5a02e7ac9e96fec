package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Answers of all learners but the first are compiled by one worker:")
class CompilingWorkerTest {
    private static VerifiedCourse course;

    @BeforeAll static void open() {
        course = VerifiedCourse.ofOthers();
        course.nextLearner();
    }

    @AfterAll static void close() {
        course.close();
    }

    @Test @DisplayName("a good one passes, and the learner's own worker has compiled nothing")
    void good() throws Exception {
        var verdict = course.verified(SampleCourse.GOOD);
        assertTrue(verdict.passed(), () -> VerifiedCourse.described(verdict));
        var looking = SampleCourse.body("""
            Class.forName("com.sun.tools.javac.api.JavacTool");
            var loaded = java.lang.management.ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
            if (loaded > 6000) { throw new IllegalStateException(loaded + " classes"); } // javac needs two thousand
            return 5050;""");
        assertTrue(course.verified(looking).passed(), () -> "it was compiled here");
    }

    @Test @DisplayName("one that does not compile is told why, by the answer's own line")
    void refused() throws Exception {
        var bad = course.refused(SampleCourse.body("return \"5050\";"), "compiles");
        assertTrue(bad.cause().toString().contains("SumUp.java"), bad::toString);
    }

    @Test @DisplayName("one that takes all memory of a compiler is refused, and the next learner has another")
    void memory() throws Exception {
        var doubled = IntStream.rangeClosed(1, 9).mapToObj(i -> "static final String A" + i + " = A" + (i - 1) + (" + A" + (i - 1)).repeat(7) + ";").collect(Collectors.joining("\n"));
        var verdict = course.verified(SampleCourse.GOOD.replaceFirst("\\{", "{ static final String A0 = \"0123456789abcdef\";\n" + doubled));
        assertEquals(1, verdict.exitCode(), () -> VerifiedCourse.described(verdict));
        course.nextLearner();
        course.next();
    }
}

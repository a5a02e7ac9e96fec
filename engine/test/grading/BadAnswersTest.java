package grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import lab.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whatever an answer does, it gets a verdict, and the next answer is unharmed")
class BadAnswersTest {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(6), Duration.ofSeconds(60), 128);
    private static SampleCourse course;
    private static Judge judge;

    @BeforeAll static void open() {
        course = new SampleCourse();
        judge = Judge.open("embedded", Progress.SILENT, LIMITS);
    }

    @AfterAll static void close() {
        judge.close();
        course.close();
    }

    @Test @DisplayName("a good answer passes every check")
    void good() throws Exception {
        var verdict = judged(SampleCourse.GOOD);
        assertTrue(verdict.passed(), () -> described(verdict));
        assertEquals(0, verdict.exitCode());
        assertEquals(5, verdict.score());
    }

    @Test @DisplayName("one that does not compile gets javac's words with file, line and source")
    void doesNotCompile() throws Exception {
        var bad = refused(SampleCourse.body("return \"five\";"), "compiles");
        assertTrue(bad.cause().actual().contains("SumUp.java:6: incompatible types"), bad.cause().actual());
        assertTrue(bad.cause().actual().contains("return \"five\";"), bad.cause().actual());
    }

    @Test @DisplayName("one with another signature is told that the verifier cannot call it")
    void wrongSignature() throws Exception {
        var bad = refused("public class SumUp { public static long total() { return 5050; } }", "shape");
        assertTrue(bad.cause().message().contains("cannot find symbol"), bad.cause().message());
        assertTrue(bad.cause().lookAt().contains("reset 02.1"), bad.cause().lookAt());
    }

    @Test @DisplayName("one that loops for ever is stopped, and told the line")
    void loops() throws Exception {
        var bad = refused(SampleCourse.body("long n = 0; while (true) { n++; }"), "sums");
        assertEquals(Status.TIMED_OUT, bad.status());
        assertTrue(bad.cause().lookAt().startsWith("SumUp.java:6"), bad.cause().lookAt());
    }

    @Test @DisplayName("one that ends the program is told where it called System.exit")
    void exits() throws Exception {
        var bad = refused(SampleCourse.body("System.exit(0); return 5050;"), "sums");
        assertEquals("System.exit", bad.cause().actual());
        assertEquals("SumUp.java:6", bad.cause().lookAt());
    }

    @Test @DisplayName("one that halts the JVM is told that the program ended")
    void halts() throws Exception {
        var bad = refused(SampleCourse.body("Runtime.getRuntime().halt(0); return 5050;"), "sums");
        assertTrue(bad.cause().actual().contains("exit code 0"), bad.cause().actual());
    }

    @Test @DisplayName("one that prints without an end is stopped, and what it printed is cut with a word about it")
    void floods() throws Exception {
        var bad = refused(SampleCourse.body("while (true) { System.out.println(\"a flood of output\"); }"), "sums");
        assertEquals("output that ends", bad.cause().expected());
        assertTrue(bad.output().length() < Limits.OUTPUT_KEPT + 200, () -> "kept " + bad.output().length());
        assertTrue(bad.output().contains("more bytes were printed and are not kept"), () -> bad.output().substring(bad.output().length() - 200));
    }

    @Test @DisplayName("one that writes past System.out cannot fake a message nor fill the memory")
    void writesToTheDescriptor() throws Exception {
        refused(SampleCourse.body("""
            var raw = new java.io.FileOutputStream(java.io.FileDescriptor.out);
            for (int i = 0; i < 20_000; i++) { raw.write(("ended\\tsums\\tSUCCESSFUL " + "x".repeat(500)).getBytes()); }
            return 1;"""), "sums");
    }

    @Test @DisplayName("one that drops its database fails, and is told so")
    void dropsTheDatabase() throws Exception {
        var verdict = judged(SampleCourse.body("""
            var url = connection.getMetaData().getURL();
            try (var statement = connection.createStatement()) { statement.execute("drop database " + connection.getCatalog()); }
            return 5050;"""));
        assertEquals(1, verdict.exitCode(), () -> described(verdict));
        next();
    }

    @Test @DisplayName("one that holds a lock fails the check that needs the table")
    void holdsALock() throws Exception {
        var verdict = judged(SampleCourse.body("""
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) { statement.execute("lock table t in row exclusive mode; lock table t in share mode"); }
            return 5050;"""));
        var bad = verdict.checks().getLast();
        assertEquals("leavesNoLock", bad.name());
        assertTrue(bad.isBad(), () -> described(verdict));
        assertEquals("55P03", bad.cause().sqlState(), () -> described(verdict));
        next();
    }

    @Test @DisplayName("one that uses up the memory is told so")
    void usesUpTheMemory() throws Exception {
        var bad = refused(SampleCourse.body("var all = new ArrayList<long[]>(); while (true) { all.add(new long[100_000]); }"), "sums");
        assertTrue(bad.cause().what().contains("memory"), bad.cause().message());
    }

    @Test @DisplayName("one that leaves a thread behind gets a note")
    void leavesAThread() throws Exception {
        var verdict = judged(SampleCourse.GOOD.replace("System.out.println(\"summing\");",
            "new Thread(() -> { while (true) { Thread.onSpinWait(); } }, \"forgotten\").start();"));
        assertTrue(verdict.passed(), () -> described(verdict));
        assertTrue(verdict.notes().getFirst().contains("forgotten"), () -> verdict.notes().toString());
        next();
    }

    @Test @DisplayName("one that changes the password of its role harms nobody after it")
    void changesThePassword() throws Exception {
        judged(SampleCourse.body("""
            try (var statement = connection.createStatement()) {
                statement.execute("alter role course_app password 'mine'");
                statement.execute("alter role course_app set statement_timeout = '1ms'");
            }
            return 5050;"""));
        next();
    }

    @Test @DisplayName("one that throws is told what, and in which line")
    void throwsSomething() throws Exception {
        var bad = refused(SampleCourse.body("throw new IllegalStateException(\"not yet\");"), "sums");
        assertEquals("IllegalStateException: not yet", bad.cause().actual());
        assertEquals("SumUp.java:6", bad.cause().lookAt());
    }

    @Test @DisplayName("one without its file is told how to get it back")
    void hasNoFile() throws Exception {
        java.nio.file.Files.delete(course.exercise().folder().resolve("SumUp.java"));
        var verdict = judge.verify(course.exercise(), course.exercise().folder());
        assertTrue(verdict.firstBad().orElseThrow().cause().actual().contains("reset 02.1"), () -> described(verdict));
        next();
    }

    @Test @DisplayName("a check whose ground is missing is skipped and says which")
    void skips() throws Exception {
        var verdict = judged(SampleCourse.STARTER);
        var skipped = verdict.checks().get(3);
        assertEquals("ignoresNull", skipped.name());
        assertEquals(Status.SKIPPED, skipped.status());
        assertEquals("needs: The sum is right", skipped.cause().what());
    }

    private static Check refused(String answer, String check) throws Exception {
        var verdict = judged(answer);
        var bad = verdict.firstBad().orElseThrow();
        assertEquals(check, bad.name(), () -> described(verdict));
        assertEquals(1, verdict.exitCode());
        next();
        return bad;
    }

    /** The same session goes on with a good answer. */
    private static void next() throws Exception {
        var verdict = judged(SampleCourse.GOOD);
        assertTrue(verdict.passed(), () -> "the next answer is harmed: " + described(verdict));
    }

    private static Verdict judged(String answer) throws Exception {
        course.answer(answer);
        return judge.verify(course.exercise(), course.exercise().folder());
    }

    private static String described(Verdict verdict) {
        return verdict.checks() + "\n" + verdict.notes();
    }
}

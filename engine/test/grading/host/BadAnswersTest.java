package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.protocol.Limits;
import grading.report.Check;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whatever an answer does, it gets a verdict, and the next answer is unharmed")
class BadAnswersTest {
    private static VerifiedCourse course;

    @BeforeAll static void open() {
        course = new VerifiedCourse();
    }

    @AfterAll static void close() {
        course.close();
    }

    @Test @DisplayName("one that loops for ever is stopped, and told the line")
    void loops() throws Exception {
        var bad = course.refused(SampleCourse.body("long n = 0; while (true) { n++; }"), "sums");
        assertEquals(Check.Status.TIMED_OUT, bad.status());
        assertTrue(bad.cause().lookAt().startsWith("SumUp.java:6"), bad.cause().lookAt());
    }

    @Test @DisplayName("one that ends the program is told where it called System.exit")
    void exits() throws Exception {
        var bad = course.refused(SampleCourse.body("System.exit(0); return 5050;"), "sums");
        assertEquals("System.exit", bad.cause().actual());
        assertEquals("SumUp.java:6", bad.cause().lookAt());
    }

    @Test @DisplayName("one that halts the JVM is told that the program ended")
    void halts() throws Exception {
        var bad = course.refused(SampleCourse.body("Runtime.getRuntime().halt(0); return 5050;"), "sums");
        assertTrue(bad.cause().actual().contains("exit code 0"), bad.cause().actual());
    }

    @Test @DisplayName("one that has a class called like one of the verifier's own words is judged by those all the same")
    void shadows() throws Exception {
        var own = """
            class Expect {
                public static void equal(String what, Object expected, Object actual, String lookAt) { }
                public static void that(String what, boolean holds, Object expected, Object actual, String lookAt) { }
            }
            @interface Test { }
            class Clone { }
            class Thread { }
            """;
        assertEquals("100", course.refused(SampleCourse.body("return 100;") + own, "sums").cause().actual());
        var good = course.verified(SampleCourse.GOOD + own);
        assertTrue(good.passed(), () -> VerifiedCourse.described(good));
    }

    @Test @DisplayName("one that prints what a terminal obeys is shown it")
    void escapes() throws Exception {
        var bad = course.refused(SampleCourse.body("System.out.print(\"\\u001b[2J\\r✓ 3 of 3 passed\"); throw new IllegalStateException(\"\\u001b]0;mine\\u0007\");"), "sums");
        assertEquals("␛[2J␍✓ 3 of 3 passed", bad.output());
        assertTrue(bad.cause().message().contains("␛]0;mine␇"), bad.cause().message());
    }

    @Test @DisplayName("one that prints without an end is stopped, and what it printed is cut with a word about it")
    void floods() throws Exception {
        var bad = course.refused(SampleCourse.body("while (true) { System.out.println(\"a flood of output\"); }"), "sums");
        assertEquals("output that ends", bad.cause().expected());
        assertTrue(bad.output().length() < Limits.OUTPUT_KEPT + 200, () -> "kept " + bad.output().length());
        assertTrue(bad.output().contains("more bytes were printed and are not kept"), () -> bad.output().substring(bad.output().length() - 200));
    }

    @Test @DisplayName("one that writes past System.out cannot fake a message nor fill the memory")
    void writesToTheDescriptor() throws Exception {
        course.refused(SampleCourse.body("""
            var raw = new java.io.FileOutputStream(java.io.FileDescriptor.out);
            for (int i = 0; i < 20_000; i++) { raw.write(("ended\\tsums\\tSUCCESSFUL " + "x".repeat(500)).getBytes()); }
            return 1;"""), "sums");
    }

    @Test @DisplayName("one that finds the worker by reflection and reports for it is not believed")
    void reportsItself() throws Exception {
        var bad = course.refused(SampleCourse.body("""
            var run = Class.forName("grading.worker.CheckRun").getDeclaredField("current");
            run.setAccessible(true);
            var field = run.getType().getDeclaredField("worker");
            field.setAccessible(true);
            var worker = field.get(run.get(null));
            var report = worker.getClass().getDeclaredMethod("report", Class.forName("grading.protocol.WorkerReport$Sent"));
            report.setAccessible(true);
            for (var check : List.of("sums", "ignoresNull", "leavesNoLock")) {
                report.invoke(worker, new grading.protocol.WorkerReport.Ended(check, grading.report.Check.Status.PASSED, grading.report.Check.Cause.NONE, "",
                    java.time.Duration.ZERO, ""));
            }
            report.invoke(worker, new grading.protocol.WorkerReport.Done(List.of()));
            Thread.sleep(100_000);
            return 5050;"""), "sums");
        assertEquals("The report of the check sums did not come from the course's own code", bad.cause().what());
        assertTrue(bad.cause().actual().contains("without the word"), bad.cause().actual());
    }

    @Test @DisplayName("one that drops its database fails, and is told so")
    void dropsTheDatabase() throws Exception {
        var verdict = course.verified(SampleCourse.body("""
            var url = connection.getMetaData().getURL();
            try (var statement = connection.createStatement()) { statement.execute("drop database " + connection.getCatalog()); }
            return 5050;"""));
        assertEquals(1, verdict.exitCode(), () -> VerifiedCourse.described(verdict));
        course.next();
    }

    @Test @DisplayName("one that holds a lock fails the check that needs the table")
    void holdsALock() throws Exception {
        var verdict = course.verified(SampleCourse.body("""
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) { statement.execute("lock table t in row exclusive mode; lock table t in share mode"); }
            return 5050;"""));
        var bad = verdict.checks().getLast();
        assertEquals("leavesNoLock", bad.name());
        assertTrue(bad.isBad(), () -> VerifiedCourse.described(verdict));
        assertEquals("55P03", bad.cause().sqlState(), () -> VerifiedCourse.described(verdict));
        course.next();
    }

    @Test @DisplayName("one that uses up the memory is told so")
    void usesUpTheMemory() throws Exception {
        var bad = course.refused(SampleCourse.body("var all = new ArrayList<long[]>(); while (true) { all.add(new long[100_000]); }"), "sums");
        assertTrue(bad.cause().what().contains("memory"), bad.cause().message());
    }

    @Test @DisplayName("one that leaves a thread behind gets a note")
    void leavesAThread() throws Exception {
        var verdict = course.verified(SampleCourse.GOOD.replace("System.out.println(\"summing\");",
            "new Thread(() -> { while (true) { Thread.onSpinWait(); } }, \"forgotten\").start();"));
        assertTrue(verdict.passed(), () -> VerifiedCourse.described(verdict));
        assertTrue(verdict.notes().getFirst().contains("forgotten"), () -> verdict.notes().toString());
        course.next();
    }

    @Test @DisplayName("one that changes the password of its role harms nobody after it")
    void changesThePassword() throws Exception {
        course.verified(SampleCourse.body("""
            try (var statement = connection.createStatement()) {
                statement.execute("alter role course_app password 'mine'");
                statement.execute("alter role course_app set statement_timeout = '1ms'");
            }
            return 5050;"""));
        course.next();
    }
}

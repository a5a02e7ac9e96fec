package grading.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.host.SampleCourse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lab.Progress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The check of the exercises themselves")
class ExerciseSelfTestsTest {
    @Test @DisplayName("finds a wrong answer that passes, one refused by another check, and one refused with other words")
    void wrongAnswers() {
        try (var course = new SampleCourse()) {
            course.wrong("count", SampleCourse.body("return 100;"), "sums", "got: 100");
            course.wrong("passes", SampleCourse.GOOD, "sums", "");
            course.wrong("other-check", SampleCourse.body("return 100;"), "leavesNoLock", "");
            course.wrong("other-words", SampleCourse.body("return 100;"), "sums", "got: 99");
            var results = results(course);
            assertEquals("", results.get("02.1 sum-up: the wrong answer count is refused"));
            assertTrue(results.get("02.1 sum-up: the wrong answer passes is refused").contains("it passes"));
            assertTrue(results.get("02.1 sum-up: the wrong answer other-check is refused").startsWith("leavesNoLock must refuse it"));
            assertTrue(results.get("02.1 sum-up: the wrong answer other-words is refused").contains("\"got: 99\""));
            assertEquals("", results.get("02.1 sum-up: the starter fails for the right reason"));
            assertEquals("", results.get("02.1 sum-up: the solution passes"));
            assertEquals("", results.get("02.1 sum-up: there are 3 wrong answers or more"));
        }
    }

    @Test @DisplayName("in a sample: finds what the named check lets pass, whatever a check before it says")
    void sample() {
        try (var course = new SampleCourse()) {
            course.wrong("other-check", SampleCourse.body("return 100;"), "leavesNoLock", "");
            course.wrong("no-check", SampleCourse.body("return 100;"), "noSuchCheck", "");
            var results = sample(course);
            assertEquals("leavesNoLock must refuse it, but lets it pass", results.get("02.1 sum-up: the wrong answer other-check is refused"));
            assertTrue(results.get("02.1 sum-up: the wrong answer no-check is refused").startsWith("noSuchCheck must refuse it, but the check sums"));
        }
        try (var course = new SampleCourse()) {
            course.wrong("count", SampleCourse.body("return 100;"), "sums", "got: 100");
            course.wrong("compiles", "class", "compiles", "");
            var results = sample(course);
            assertEquals("", results.get("02.1 sum-up: the wrong answer count is refused"));
            assertEquals("", results.get("02.1 sum-up: the wrong answer compiles is refused"));
        }
    }

    @Test @DisplayName("takes other answers for a sample when something that is recorded changes")
    void otherSample() {
        var answers = IntStream.range(0, 20).mapToObj(i -> Path.of("wrong", "1-sum-up", "answer" + i)).toList();
        assertEquals(ExerciseSelfTest.few(answers, 2, "a"), ExerciseSelfTest.few(answers, 2, "a"));
        assertEquals(20, IntStream.range(0, 100).boxed().flatMap(i -> ExerciseSelfTest.few(answers, 2, "state " + i).stream()).distinct().count());
    }

    private static Map<String, String> sample(SampleCourse course) {
        return messages(ExerciseSelfTests.sample(course.home(), List.of(course.exercise()), "embedded"));
    }

    @Test @DisplayName("finds a starter that passes, one that does not compile, and one that reset would not restore")
    void starters() {
        try (var course = new SampleCourse()) {
            course.answer(SampleCourse.GOOD);
            var results = results(course);
            assertEquals("it passes as it is", results.get("02.1 sum-up: the starter fails for the right reason"));
            assertTrue(results.get("02.1 sum-up: the starter is what `reset` restores").startsWith("SumUp.java differs"));
            assertTrue(results.get("02.1 sum-up: there are 3 wrong answers or more").startsWith("there are 0"));
            course.answer("class");
            assertTrue(results(course).get("02.1 sum-up: the starter fails for the right reason").contains("compiles"));
        }
    }

    @Test @DisplayName("finds a verdict that is not the same each time")
    void everyTime() {
        try (var course = new SampleCourse()) {
            var calls = course.root().resolve("calls.txt");
            course.write("solutions/02-sums/1-sum-up/SumUp.java", SampleCourse.GOOD.replace("public static long", """
                static int call() {
                    try {
                        var file = java.nio.file.Path.of("%s");
                        var calls = java.nio.file.Files.exists(file) ? java.nio.file.Files.readString(file) + "x" : "x";
                        java.nio.file.Files.writeString(file, calls);
                        return calls.length();
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }

                public static long""".formatted(calls)).replace("result.getLong(1);", "result.getLong(1) + (call() > 3 ? 1 : 0);"));
            var results = results(course, 3);
            assertTrue(results.get("02.1 sum-up: the solution passes, 3 times of 3").startsWith("right 1 times, and then: the check sums"), results.toString());
            assertEquals("", results.get("02.1 sum-up: the starter fails for the right reason, 3 times of 3"));
        }
    }

    private static Map<String, String> results(SampleCourse course) {
        return results(course, 1);
    }

    private static Map<String, String> results(SampleCourse course, int times) {
        return messages(ExerciseSelfTests.run(List.of(course.exercise()), "embedded", times, Progress.SILENT, result -> { }));
    }

    private static Map<String, String> messages(List<ExerciseSelfTests.Result> results) {
        return results.stream().collect(Collectors.toMap(ExerciseSelfTests.Result::name, ExerciseSelfTests.Result::message));
    }
}

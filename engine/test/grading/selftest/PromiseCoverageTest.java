package grading.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grading.host.ExerciseFiles;
import grading.host.SampleCourse;
import org.junit.jupiter.api.Test;

class PromiseCoverageTest {
    private static final String TASK = "= Sum up\n\nMend it, so that\n\n* %sthe sum is right, and\n* %sNULL does not count.\n\n[#hint-1]\n== Hint 1\n\n* One.\n\n[#hint-2]\n== Hint 2\n\nTwo.\n";
    private static final String VERIFIER = """
        class SumUpTest {
            @Test @Promises({"right"}) @DisplayName("The sum is right")
            void sums(Clone db) { }

            @Test @DisplayName("says \\"NULL\\"") @Needs("sums") %s
            void ignoresNull(Clone db) throws Exception { }
        }
        """;

    @Test void a_task_whose_promises_are_all_looked_at_has_no_gaps() {
        try (var course = course("[[right]]", "[[no-null]]", "@Promises(\"no-null\")")) {
            wrong(course, "right", "right", "no-null", "no-null");
            assertEquals("", ExerciseFiles.promisesWithoutId(course.exercise()));
            assertEquals("", PromiseCoverage.gaps(course.exercise()));
        }
    }

    @Test void a_bullet_without_an_id_is_found_and_hints_are_none() {
        try (var course = course("[[right]]", "", "")) {
            assertEquals("1 of 2 bullets in exercise.adoc have no id; begin them with [[some-id]]", ExerciseFiles.promisesWithoutId(course.exercise()));
        }
    }

    @Test void a_promise_without_a_check_is_found() {
        try (var course = course("[[right]]", "[[no-null]]", "")) {
            wrong(course, "right", "right", "no-null", "no-null");
            assertEquals("no-null has no check; name it in @Promises of the one that looks at it", PromiseCoverage.gaps(course.exercise()).lines().findFirst().orElse(""));
        }
    }

    @Test void a_promise_that_too_few_wrong_answers_break_is_found() {
        try (var course = course("[[right]]", "[[no-null]]", "@Promises(\"no-null\")")) {
            wrong(course, "right", "right", "right", "no-null");
            assertEquals("no-null is broken by 1 of the wrong answers; there should be 2, of different kinds", PromiseCoverage.gaps(course.exercise()));
        }
    }

    @Test void a_check_that_refuses_what_breaks_a_promise_must_look_at_it() {
        try (var course = course("[[right]]", "[[no-null]]", "@Promises(\"no-null\")")) {
            wrong(course, "right", "right", "no-null", "no-null");
            course.wrong("answer-3", SampleCourse.GOOD, "ignoresNull", "got\nright");
            assertEquals("answer-3/refused-by.txt says that ignoresNull refuses what breaks right, but that check does not name it in @Promises",
                PromiseCoverage.gaps(course.exercise()).lines().filter(line -> line.startsWith("answer-3")).findFirst().orElse(""));
        }
    }

    @Test void a_check_that_needs_one_that_runs_later_is_found() {
        try (var course = course("[[right]]", "[[no-null]]", "@Promises(\"no-null\")")) {
            wrong(course, "right", "right", "no-null", "no-null");
            course.write("verify/02-sums/SumUpTest.java", VERIFIER.formatted("@Promises(\"no-null\")").replace("@Needs(\"sums\")", "@Needs(\"later\")"));
            assertEquals("ignoresNull needs later, which is no check before it: it would be skipped always", PromiseCoverage.gaps(course.exercise()));
        }
    }

    @Test void a_task_that_promises_nothing_is_found() {
        try (var course = new SampleCourse()) {
            course.write("exercises/02-sums/1-sum-up/exercise.adoc", "= Sum up\n\nMend it.\n\n[#hint-1]\n== Hint 1\n\n[#hint-2]\n== Hint 2\n");
            assertEquals("exercise.adoc promises nothing: write what must be true as bullets, * [[some-id]]…", PromiseCoverage.gaps(course.exercise()));
        }
    }

    @Test void what_is_no_promise_of_the_task_is_found() {
        try (var course = course("[[right]]", "[[no-null]]", "@Promises({\"no-null\", \"fast\"})")) {
            wrong(course, "right", "right", "no-null", "no-null", "cheap");
            assertEquals("ignoresNull promises fast, which is no bullet of the task\nanswer-4/refused-by.txt has no bullet of the task in its third line",
                PromiseCoverage.gaps(course.exercise()));
        }
    }

    private static SampleCourse course(String first, String second, String promises) {
        var course = new SampleCourse();
        course.write("exercises/02-sums/1-sum-up/exercise.adoc", TASK.formatted(first, second));
        course.write("verify/02-sums/SumUpTest.java", VERIFIER.formatted(promises));
        return course;
    }

    private static void wrong(SampleCourse course, String... promises) {
        for (int i = 0; i < promises.length; i++) {
            course.wrong("answer-" + i, SampleCourse.GOOD, promises[i].equals("no-null") ? "ignoresNull" : "sums", "got\n" + promises[i]);
        }
    }
}

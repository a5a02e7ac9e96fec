package grading.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.host.SampleCourse;
import grading.progress.LearnerProgress.State;
import grading.report.Check;
import grading.report.Verdict;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import lab.Progress;
import lesson.Hashes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a learner stands")
class LearnerProgressTest {
    @Test @DisplayName("follows the files: not begun, begun, passed, changed since")
    void states() {
        try (var course = new SampleCourse()) {
            assertEquals(State.NEW, standing(course).state(course.exercise()));
            course.answer(SampleCourse.body("return 1;"));
            standing(course).judged(verdict(course, Check.Status.FAILED));
            assertEquals(State.STARTED, standing(course).state(course.exercise()));
            course.answer(SampleCourse.GOOD);
            standing(course).judged(verdict(course, Check.Status.PASSED));
            assertEquals(State.PASSED, standing(course).state(course.exercise()));
            course.answer(SampleCourse.GOOD + "\n");
            assertEquals(State.CHANGED, standing(course).state(course.exercise()));
            assertTrue(standing(course).hasPassed(course.exercise()));
            assertEquals(2, standing(course).tries(course.exercise()));
        }
    }

    @Test @DisplayName("a worse verdict takes no pass away silently: of another version, and of the same")
    void worse() {
        try (var course = new SampleCourse()) {
            course.answer(SampleCourse.GOOD);
            assertEquals(List.of(), standing(course).judged(verdict(course, Check.Status.PASSED)).notes());
            course.answer(SampleCourse.body("return 1;"));
            assertEquals(State.CHANGED, standing(course).state(course.exercise()));
            assertEquals(List.of("passed before; this version does not"), standing(course).judged(verdict(course, Check.Status.FAILED)).notes());
            assertEquals(State.WORSE, standing(course).state(course.exercise()));
            assertTrue(standing(course).hasPassed(course.exercise()));
            course.answer(SampleCourse.GOOD);
            assertEquals(State.PASSED, standing(course).state(course.exercise()), "the version that passed is there again");
            standing(course).judged(verdict(course, Check.Status.FAILED));
            assertEquals(State.WORSE, standing(course).state(course.exercise()), "it does not pass any more");
            assertEquals(List.of(), standing(course).judged(verdict(course, Check.Status.BROKEN)).notes());
            assertEquals(List.of(), standing(course).judged(verdict(course, Check.Status.PASSED)).notes());
            assertEquals(State.PASSED, standing(course).state(course.exercise()));
        }
    }

    @Test @DisplayName("a broken lab says nothing about the learner")
    void brokenLab() {
        try (var course = new SampleCourse()) {
            standing(course).judged(verdict(course, Check.Status.BROKEN));
            assertEquals(0, standing(course).tries(course.exercise()));
        }
    }

    @Test @DisplayName("hints that were shown are remembered")
    void hints() {
        try (var course = new SampleCourse()) {
            standing(course).hinted(course.exercise(), 2);
            standing(course).hinted(course.exercise(), 1);
            assertEquals(2, standing(course).hints(course.exercise()));
            assertFalse(standing(course).hasPassed(course.exercise()));
        }
    }

    @Test @DisplayName("what hint and another verify saved while a watch runs stays when the watch saves its next verdict")
    void savedMeanwhile() {
        try (var course = new SampleCourse()) {
            var watching = standing(course);
            standing(course).hinted(course.exercise(), 2);
            standing(course).judged(verdict(course, Check.Status.PASSED));
            watching.judged(verdict(course, Check.Status.FAILED));
            assertEquals(2, standing(course).hints(course.exercise()));
            assertEquals(2, standing(course).tries(course.exercise()));
            assertTrue(standing(course).hasPassed(course.exercise()));
            assertTrue(watching.hasPassed(course.exercise()));
        }
    }

    @Test @DisplayName("a damaged file is named, with what to do")
    void damaged() {
        try (var course = new SampleCourse()) {
            course.write(".course/progress.json", "{ half");
            var failure = assertThrows(UncheckedIOException.class, () -> standing(course));
            assertTrue(failure.getMessage().contains("move it away"), failure.getMessage());
        }
    }

    private static LearnerProgress standing(SampleCourse course) {
        return LearnerProgress.of(course.home(), Progress.SILENT);
    }

    private static Verdict verdict(SampleCourse course, Check.Status status) {
        var folder = course.exercise().folder();
        var check = Check.rung("sums", "The sum is right").ended(status, Check.Cause.NONE, "", Duration.ZERO);
        return new Verdict(course.exercise(), folder, Hashes.ofAnswer(folder), List.of(check), List.of(), "18.6", Duration.ZERO);
    }
}

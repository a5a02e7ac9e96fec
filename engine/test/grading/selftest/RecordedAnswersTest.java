package grading.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grading.host.SampleCourse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import lesson.Exercise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An exercise is recorded as judged")
class RecordedAnswersTest {
    private final SampleCourse course = new SampleCourse();

    @BeforeEach void record() {
        course.wrong("count", SampleCourse.body("return 100;"), "sums", "got: 100");
        assertEquals(List.of(course.exercise()), missing(), "nobody has recorded anything");
        RecordedAnswers.add(course.exercise().lesson(), Map.of(course.exercise(), RecordedAnswers.sum(course.exercise())));
        assertEquals(List.of(), missing());
    }

    @AfterEach void close() {
        course.close();
    }

    @Test @DisplayName("until a wrong answer, what refuses it, the solution, the starter, the verifier or its preparation changes")
    void changes() throws IOException {
        for (var file : List.of("verify/02-sums/wrong/1-sum-up/count/SumUp.java", "verify/02-sums/wrong/1-sum-up/count/refused-by.txt",
                "solutions/02-sums/1-sum-up/SumUp.java", "verify/02-sums/starter/1-sum-up/SumUp.java", "verify/02-sums/SumUpTest.java", "verify/02-sums/1-sum-up.sql")) {
            var before = Files.readString(course.root().resolve(file));
            course.write(file, before + " ");
            assertEquals(List.of(course.exercise()), missing(), file);
            course.write(file, before.replace("\n", "\r\n"));
            assertEquals(List.of(), missing(), () -> file + " with the ends of lines of another system");
            course.write(file, before);
        }
    }

    @Test @DisplayName("until a right or wrong answer is added")
    void added() {
        course.write("verify/02-sums/right/1-sum-up/other/SumUp.java", SampleCourse.GOOD);
        assertEquals(List.of(course.exercise()), missing());
        RecordedAnswers.add(course.exercise().lesson(), Map.of(course.exercise(), RecordedAnswers.sum(course.exercise())));
        course.wrong("one-more", SampleCourse.body("return 1;"), "sums", "got: 1");
        assertEquals(List.of(course.exercise()), missing());
    }

    private List<Exercise> missing() {
        return RecordedAnswers.missing(course.home().exercises(course.exercise().lesson()));
    }
}

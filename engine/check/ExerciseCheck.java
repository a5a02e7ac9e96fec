package check;

import java.util.List;
import lesson.Home;

/** Every exercise: its starter fails, its solution passes, its wrong answers are refused. The judging room does the work. */
final class ExerciseCheck {
    private ExerciseCheck() { }

    static List<Result> of(Home home, String db) {
        throw new UnsupportedOperationException("waits for grading.SelfCheck");
    }
}

package cli;

import java.util.List;
import lesson.Exercise;
import lesson.Home;
import lesson.UnknownName;

/** The exercises that a name stands for: one, those of a lesson, or all. */
final class Chosen {
    private Chosen() { }

    /** @param name "05", "05-indexing", "05.2", or null for all */
    static List<Exercise> of(Home home, String name) {
        var exercises = name == null ? home.exercises()
            : name.matches("\\d{1,2}|\\d\\d-.*") ? home.exercises(home.lesson(name)) : List.of(home.exercise(name));
        if (exercises.isEmpty()) {
            throw new UnknownName(name == null ? "there are no exercises here" : "lesson " + name + " has no exercises");
        }
        return exercises;
    }
}

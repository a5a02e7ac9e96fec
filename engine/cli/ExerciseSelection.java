package cli;

import java.util.List;
import lesson.Exercise;
import lesson.Home;
import lesson.UnknownName;

/** The exercises that a name stands for: one, those of a lesson, or all. */
final class ExerciseSelection {
    private ExerciseSelection() { }

    /** @param words nothing for all, or names of which each is "05", "05-indexing" or "05.2" */
    static List<Exercise> of(Home home, List<String> words) {
        return words.isEmpty() ? some(home.exercises(), "there are no exercises here")
            : words.stream().flatMap(name -> of(home, name).stream()).distinct().toList();
    }

    private static List<Exercise> of(Home home, String name) {
        return name.matches("\\d{1,2}|\\d\\d-.*") ? some(home.exercises(home.lesson(name)), "lesson " + name + " has no exercises")
            : List.of(home.exercise(name));
    }

    private static List<Exercise> some(List<Exercise> exercises, String otherwise) {
        if (exercises.isEmpty()) {
            throw new UnknownName(otherwise);
        }
        return exercises;
    }
}

package grading.gradebook;

import grading.gradebook.Gradebook.Alike;
import grading.gradebook.Gradebook.Copy;
import grading.gradebook.Gradebook.Row;
import grading.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import lesson.Exercise;
import lesson.Home;

/** Finds the answers that learners have in common. Who has left an exercise as it was given has copied from nobody. */
final class Copies {
    private final Home home;

    Copies(Home home) {
        this.home = home;
    }

    List<Alike> in(List<Row> rows) {
        var alike = new ArrayList<Alike>();
        for (var exercise : home.exercises()) {
            var groups = groups(Report.id(exercise), rows);
            if (!groups.isEmpty()) {
                groups.remove(Likeness.of(exercise.starter()));
                var solution = Likeness.of(exercise.solution());
                groups.forEach((like, copies) -> add(exercise, like.equals(solution), copies, alike));
            }
        }
        return alike;
    }

    private static void add(Exercise exercise, boolean solution, List<Copy> copies, List<Alike> alike) {
        if (copies.stream().map(Copy::learner).distinct().count() > 1) {
            alike.add(new Alike(exercise, solution, copies));
        }
    }

    /** Answers by their likeness, each learner's once, late and earlier attempts among them. */
    private static TreeMap<String, List<Copy>> groups(String exercise, List<Row> rows) {
        var groups = new TreeMap<String, List<Copy>>();
        for (var row : rows) {
            row.submissions().stream().flatMap(one -> one.answers().stream()).filter(answer -> answer.exercise().equals(exercise)).forEach(answer -> {
                var copies = groups.computeIfAbsent(answer.like(), like -> new ArrayList<>());
                if (copies.stream().noneMatch(copy -> copy.learner().equals(row.learner()))) {
                    copies.add(new Copy(row.learner(), answer.answer()));
                }
            });
        }
        return groups;
    }
}

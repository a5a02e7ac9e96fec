package check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import book.Recorder;
import elsewhere.RecordedSums;
import elsewhere.ToolProgram;
import grading.mutation.MutationRun;
import grading.mutation.Score;
import grading.selftest.RecordedAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lab.Progress;
import lesson.Home;
import lesson.MutantScores;
import lesson.UnknownName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scaffold.ExerciseSkeleton;
import scaffold.LessonSkeleton;

@DisplayName("What new makes in a copy of the clone")
class SkeletonTest {
    private static final Set<String> NOT_COPIED = Set.of(".git", ".course", "target", "submissions", "docs");
    private static final Set<String> OF_EXERCISES = Set.of("exercises", "solutions", "verify");
    @TempDir Path root;
    private Home home;

    /** All but exercises and migrations, which would only take time. */
    @BeforeEach
    void copyClone() throws IOException {
        var clone = Home.here().root();
        try (var files = Files.walk(clone)) {
            for (var file : files.filter(file -> !file.equals(clone)).map(clone::relativize).filter(SkeletonTest::isCopied).toList()) {
                Files.copy(clone.resolve(file), root.resolve(file));
            }
        }
        home = new Home(root);
        for (var lesson : home.lessons().stream().filter(each -> !ToolProgram.of(each).isEmpty()).toList()) {
            RecordedSums.now(lesson).write(lesson); // without the migrations
        }
        assertEquals(List.of(), failures(StructureCheck.of(home)));
    }

    private static boolean isCopied(Path file) {
        var top = file.getName(0).toString();
        return !NOT_COPIED.contains(top) && !(OF_EXERCISES.contains(top) && file.getNameCount() > 2)
            && !(top.equals("lessons") && file.getNameCount() > 2 && file.getName(2).toString().equals("migrations"));
    }

    @Test
    @DisplayName("passes every check of structure, lesson and exercise, once it is recorded")
    void passes() throws Exception {
        LessonSkeleton.write(home, "98-small-lesson");
        ExerciseSkeleton.write(home, "98.1", "small-step");
        assertEquals(List.of("lessons, answers and mutants are recorded"), StructureCheck.of(home).stream().filter(result -> !result.passed()).map(Result::name).toList());

        var lesson = home.lesson("98");
        Recorder.record(lesson, "embedded", Progress.SILENT).write(lesson.recording());
        var scores = MutationRun.run(home.exercises(lesson), "embedded", Progress.SILENT, score -> { });
        scores.forEach(score -> assertTrue(score.passed(), () -> score.problems()));
        new MutantScores(lesson.id(), scores.stream().map(Score::recorded).toList()).write(lesson);
        assertEquals(List.of(), failures(ExerciseCheck.of(home.exercises(lesson), "embedded")));
        RecordedAnswers.add(lesson, home.exercises(lesson).stream().collect(Collectors.toMap(exercise -> exercise, RecordedAnswers::sum)));

        assertEquals(List.of(), failures(StructureCheck.of(home)));
        assertEquals(List.of(), failures(LessonCheck.of(lesson, "embedded")));
        assertEquals(List.of(), failures(List.of(CellCheck.of(lesson, "embedded"))));
    }

    @Test
    @DisplayName("takes no place that is taken, and no name that is none")
    void refused() throws IOException {
        LessonSkeleton.write(home, "97-small-lesson");
        ExerciseSkeleton.write(home, "97.1", "small-step");
        for (var name : List.of("01-again", "1-one", "98-Large", "98")) {
            assertThrows(UnknownName.class, () -> LessonSkeleton.write(home, name), name);
        }
        assertThrows(UnknownName.class, () -> ExerciseSkeleton.write(home, "97.1", "again"));
        assertThrows(UnknownName.class, () -> ExerciseSkeleton.write(home, "98.1", "no-lesson"));
        assertThrows(UnknownName.class, () -> ExerciseSkeleton.write(home, "97.2", ""));
    }

    private static List<String> failures(List<Result> results) {
        return results.stream().filter(result -> !result.passed()).map(result -> result.name() + ": " + result.message()).toList();
    }
}

package scaffold;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lesson.Exercise;
import lesson.Home;
import lesson.UnknownName;

/** A new exercise with a verifier, a solution and wrong answers, all of one small query. Its answers and mutants are to be recorded. */
public final class ExerciseSkeleton {
    private static final String ANSWER = "answer.sql";
    private static final List<String> WRONG = List.of("done-ones", "ids-typed-in", "without-an-order", "backwards");

    private ExerciseSkeleton() { }

    /**
     * @param id   "10.1"
     * @param name "open-tasks"
     * @return the files that were made
     * @throws UnknownName where there is no such lesson, the number is taken, or the name is none
     */
    public static List<Path> write(Home home, String id, String name) throws IOException {
        var exercise = exercise(home, id, name);
        var skeleton = new Skeleton(home, Map.of("id", exercise.id(), "title", Skeleton.title(name), "class", exercise.verifierClass()));
        skeleton.write(exercise.task(), "exercise.adoc");
        skeleton.write(exercise.folder().resolve(ANSWER), "starter.sql");
        skeleton.write(exercise.solution().resolve(ANSWER), "solution.sql");
        skeleton.write(exercise.starter().resolve(ANSWER), "starter.sql");
        skeleton.write(exercise.verifier(), "verifier.java.txt");
        skeleton.write(exercise.verifierFolder().resolve(exercise.folderName() + ".sql"), "preparation.sql");
        for (var wrong : WRONG) {
            var folder = exercise.verifierFolder().resolve("wrong").resolve(exercise.folderName()).resolve(wrong);
            skeleton.write(folder.resolve(ANSWER), "wrong/" + wrong + ".sql");
            skeleton.write(folder.resolve("refused-by.txt"), "wrong/" + wrong + ".txt");
        }
        return skeleton.written();
    }

    private static Exercise exercise(Home home, String id, String name) {
        if (!id.matches("\\d\\d\\.[1-9]\\d?") || !name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new UnknownName((id + " " + name).strip() + " is no name for an exercise; it is a lesson, a number and a few words in lower case, 10.1 open-tasks");
        }
        var lesson = home.lesson(id.substring(0, 2));
        home.exercises(lesson).stream().filter(other -> other.id().equals(id)).findFirst().ifPresent(other -> {
            throw new UnknownName("there is an exercise " + id + " already, " + home.root().relativize(other.folder()));
        });
        return new Exercise(lesson, Integer.parseInt(id.substring(3)), name);
    }
}

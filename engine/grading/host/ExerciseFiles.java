package grading.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lesson.Exercise;

/** What must be true of an exercise's files, before any answer is verified. */
public final class ExerciseFiles {
    public static final int WRONG_ANSWERS = 3;
    public static final int WRONG_ANSWERS_A_PROMISE = 2;
    private static final Pattern PROMISE = Pattern.compile("(?m)^\\*+ +(?:\\[\\[([a-z0-9-]+)]])?");
    private static final Pattern HINT = Pattern.compile("(?m)^\\[#hint-(\\d+)]");

    private ExerciseFiles() { }

    /** @return how the files to edit differ from those that {@code reset} brings back; empty where they do not */
    public static String starterDiffers(Exercise exercise) {
        var starter = exercise.starter();
        if (Exercise.answerFiles(starter).isEmpty()) {
            return "there are no files in " + starter;
        }
        var differing = Stream.of(starter, exercise.folder()).flatMap(folder -> Exercise.answerFiles(folder).stream())
            .map(file -> file.getFileName().toString()).distinct()
            .filter(name -> !text(starter.resolve(name)).equals(text(exercise.folder().resolve(name)))).toList();
        return differing.isEmpty() ? "" : String.join(", ", differing) + " differs between " + starter + " and " + exercise.folder();
    }

    /** @return which hints the task has, where it is not these two; else empty */
    public static String hintsAreMissing(Exercise exercise) {
        var found = HINT.matcher(text(exercise.task())).results().map(m -> m.group(1)).toList();
        return found.containsAll(List.of("1", "2")) ? "" : Exercise.TASK + " has the hints " + found + ", not [1, 2]";
    }

    /** @return how many wrong answers there are, where it is fewer than {@value #WRONG_ANSWERS}; else empty */
    public static String wrongAnswersAreMissing(Exercise exercise) {
        var count = exercise.answers("wrong").size();
        return count >= WRONG_ANSWERS ? "" : "there are " + count + " in verify/" + exercise.lesson().id() + "/wrong/" + exercise.folderName();
    }

    /** The ids of the promises of the task, which are its bullets: {@code * [[finds-forms]]an article is found by …}. */
    public static List<String> promises(Exercise exercise) {
        return bullets(exercise).filter(id -> !id.isEmpty()).toList();
    }

    /** @return how many bullets of the task have no id; empty where each has one */
    public static String promisesWithoutId(Exercise exercise) {
        var bullets = bullets(exercise).toList();
        var without = bullets.stream().filter(String::isEmpty).count();
        return without == 0 ? "" : without + " of " + bullets.size() + " bullets in " + Exercise.TASK + " have no id; begin them with [[some-id]]";
    }

    private static Stream<String> bullets(Exercise exercise) {
        var task = text(exercise.task()).split("(?m)^\\[#hint-1]", 2)[0];
        return PROMISE.matcher(task).results().map(bullet -> bullet.group(1) == null ? "" : bullet.group(1));
    }

    /** The text of a file; empty where there is none. */
    public static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}

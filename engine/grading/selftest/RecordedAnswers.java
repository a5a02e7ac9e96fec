package grading.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson.Exercise;
import lesson.Home;
import lesson.Lesson;
import lesson.Sums;

/**
 * Which exercises of a lesson were judged with all their answers, and were right: {@code verify/NN-topic/answers.sums}, a sum of verifier, preparation
 * and answers for each, written by {@code record --answers} and by nobody else.
 */
public final class RecordedAnswers {
    private RecordedAnswers() { }

    /** Where a lesson's are recorded. */
    public static Path file(Lesson lesson) {
        return lesson.home().root().resolve("verify").resolve(lesson.id()).resolve("answers.sums");
    }

    /** Those with a verifier that are not recorded as they are now. */
    public static List<Exercise> missing(List<Exercise> exercises) {
        return exercises.stream().filter(exercise -> Files.exists(exercise.verifier()) && !isRecorded(exercise)).toList();
    }

    private static boolean isRecorded(Exercise exercise) {
        return sum(exercise).equals(Sums.read(file(exercise.lesson())).byName().get(exercise.folderName()));
    }

    /** The sum of an exercise as it is now. Whoever judges takes it before: a file may be changed meanwhile. */
    public static String sum(Exercise exercise) {
        return Sums.of(files(exercise).map(file -> exercise.verifierFolder().relativize(file) + " " + Sums.of(file) + "\n").collect(Collectors.joining()).replace('\\', '/'));
    }

    /** Adds these to what is recorded of a lesson, and removes what the lesson has no more. @param judged with the sum of what was judged */
    public static void add(Lesson lesson, Map<Exercise, String> judged) {
        var names = lesson.home().exercises(lesson).stream().map(Exercise::folderName).toList();
        var sums = new TreeMap<>(Sums.read(file(lesson)).byName());
        sums.keySet().retainAll(names);
        judged.forEach((exercise, sum) -> sums.put(exercise.folderName(), sum));
        new Sums(sums).write(file(lesson));
    }

    /** Changes whenever anything that is recorded does. */
    static String state(Home home) {
        return home.lessons().stream().map(lesson -> Sums.read(file(lesson)).toString()).collect(Collectors.joining());
    }

    private static Stream<Path> files(Exercise exercise) {
        var folders = Stream.of(Stream.of(exercise.starter(), exercise.solution()), exercise.answers("right").stream(), exercise.answers("wrong").stream());
        return Stream.of(Stream.of(exercise.verifier()), exercise.preparation().stream(), folders.flatMap(some -> some).flatMap(RecordedAnswers::filesIn)).flatMap(some -> some);
    }

    private static Stream<Path> filesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}

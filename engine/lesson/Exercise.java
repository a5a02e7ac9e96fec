package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An exercise: a task and the files to edit, mirrored by a solution, a starter and a verifier. */
public record Exercise(Lesson lesson, int number, String topic) {
    public static final String TASK = "exercise.adoc";

    /** "02.1", what a person types. */
    public String id() {
        return lesson.number() + "." + number;
    }

    /** "1-bounded-pool". */
    public String folderName() {
        return number + "-" + topic;
    }

    /** As the first line of the task says it; else the topic, for a title is no reason to refuse anything. */
    public String title() {
        try (var lines = Files.lines(task())) {
            return lines.filter(line -> line.startsWith("= ")).map(line -> line.substring(2).strip()).findFirst().orElse(topic);
        } catch (IOException | UncheckedIOException e) {
            return topic;
        }
    }

    /** What is to be done, in AsciiDoc. */
    public Path task() {
        return in("exercises").resolve(TASK);
    }

    /** Where the learner works. */
    public Path folder() {
        return lesson.home().learner().resolve("exercises").resolve(lesson.id()).resolve(folderName());
    }

    /** The solution that the course shows. */
    public Path solution() {
        return in("solutions");
    }

    /** The files as they were given, for {@code reset}. */
    public Path starter() {
        return verifierFolder().resolve("starter").resolve(folderName());
    }

    /** The lesson's folder of verifiers; right and wrong answers lie beside them. */
    public Path verifierFolder() {
        return lesson.home().root().resolve("verify").resolve(lesson.id());
    }

    /** The JUnit class that judges answers. */
    public Path verifier() {
        return verifierFolder().resolve(verifierClass() + ".java");
    }

    /** "BoundedPoolTest". */
    public String verifierClass() {
        return verifierClass(topic);
    }

    /** "BoundedPoolTest" of "bounded-pool". */
    public static String verifierClass(String topic) {
        var name = new StringBuilder();
        for (var word : topic.split("-")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name + "Test";
    }

    /** The SQL that prepares the exercise's database, where it needs one. */
    public Optional<Path> preparation() {
        return Optional.of(verifierFolder().resolve(folderName() + ".sql")).filter(Files::exists);
    }

    /** Its page in the book. */
    public Path page() {
        return lesson.home().root().resolve("docs/exercises").resolve(lesson.number() + "-" + folderName() + ".html");
    }

    /** Folders of answers, by kind: "wrong" must be refused, "right" must pass. */
    public List<Path> answers(String kind) {
        return children(verifierFolder().resolve(kind).resolve(folderName()));
    }

    /** The files a learner edits, in order of name: all but the task. */
    public static List<Path> answerFiles(Path folder) {
        return children(folder).stream().filter(Files::isRegularFile)
            .filter(f -> !f.endsWith(TASK) && !f.endsWith("refused-by.txt")).toList();
    }

    private Path in(String top) {
        return lesson.home().root().resolve(top).resolve(lesson.id()).resolve(folderName());
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}

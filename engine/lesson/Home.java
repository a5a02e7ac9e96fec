package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The learner's copy of the course: where its lessons and exercises are.
 *
 * @param root the course, a clone or what was fetched in place of one
 * @param learner where the learner's answers and progress are: in a clone the same
 */
public record Home(Path root, Path learner) {
    private static final Pattern LESSON = Pattern.compile("(\\d\\d)-([a-z0-9-]+)");
    private static final Pattern EXERCISE = Pattern.compile("(\\d+)-([a-z0-9-]+)");

    /** A clone. */
    public Home(Path root) {
        this(root, root);
    }

    /**
     * The clone named by {@code COURSE_ROOT} (the launcher sets it), else the one around the current folder.
     * Who has no clone has their answers in {@code COURSE_FOLDER}, which {@code engine/Start.java} sets.
     *
     * @throws UnknownName when there is none
     */
    public static Home here() {
        var named = Optional.ofNullable(System.getenv("COURSE_ROOT")).map(Path::of);
        var start = named.orElse(Path.of("")).toAbsolutePath().normalize();
        for (var at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("jbang-catalog.json")) && Files.isDirectory(at.resolve("lessons"))) {
                return new Home(at, Optional.ofNullable(System.getenv("COURSE_FOLDER")).map(Path::of).orElse(at));
            }
        }
        throw new UnknownName(start + " is not inside a clone of the course; go into one, or set COURSE_ROOT to it");
    }

    /** All lessons, in order. */
    public List<Lesson> lessons() {
        return folders(root.resolve("lessons"), LESSON)
            .map(m -> new Lesson(this, m.group(1), m.group(2))).toList();
    }

    /**
     * The lesson of a name: "2", "02", "pooling" or "02-pooling".
     *
     * @throws UnknownName with the lessons there are
     */
    public Lesson lesson(String name) {
        var number = name.matches("\\d") ? "0" + name : name;
        return lessons().stream().filter(l -> List.of(l.number(), l.topic(), l.id()).contains(number)).findFirst()
            .orElseThrow(() -> UnknownName.of("lesson", name, lessons().stream().map(name.matches("\\d.*") ? Lesson::number : Lesson::topic).toList()));
    }

    /** All exercises, in order. */
    public List<Exercise> exercises() {
        return lessons().stream().flatMap(lesson -> exercises(lesson).stream()).toList();
    }

    /** Those of a lesson, in order. */
    public List<Exercise> exercises(Lesson lesson) {
        return folders(root.resolve("exercises").resolve(lesson.id()), EXERCISE)
            .map(m -> new Exercise(lesson, Integer.parseInt(m.group(1)), m.group(2)))
            .sorted(java.util.Comparator.comparingInt(Exercise::number)).toList();
    }

    /**
     * The exercise of a name: "02.1", "2.1" or "1-bounded-pool".
     *
     * @throws UnknownName with the nearest names
     */
    public Exercise exercise(String name) {
        var full = name.matches("\\d\\.\\d+") ? "0" + name : name;
        return exercises().stream().filter(e -> e.id().equals(full) || e.folderName().equals(full)).findFirst()
            .orElseThrow(() -> UnknownName.of("exercise", name, exercises().stream().map(Exercise::id).toList()));
    }

    /** What the learner did: progress, backups. Not part of the course. */
    public Path state() {
        return learner.resolve(".course");
    }

    /** A file as the learner would type its name, who is in their folder. */
    public Path shown(Path file) {
        return file.startsWith(learner) ? learner.relativize(file) : file.startsWith(root) ? root.relativize(file) : file;
    }

    private static Stream<java.util.regex.Matcher> folders(Path folder, Pattern name) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).map(p -> name.matcher(p.getFileName().toString()))
                .filter(java.util.regex.Matcher::matches).sorted(java.util.Comparator.comparing(m -> m.group())).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}

package elsewhere;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lesson.Lesson;

/**
 * A program beside a lesson that shows how another tool behaves: {@code lessons/06-relationships/elsewhere/knex.js}. It claims
 * what it shows, and ends with another code than 0 where a claim does not hold. What it prints is the same each time.
 */
public record ToolProgram(Lesson lesson, Path file) {
    static final String FOLDER = "elsewhere";
    private static final String RECORDING = ".out";

    /** Those of a lesson, in order of name; none where the lesson says nothing of other tools. */
    public static List<ToolProgram> of(Lesson lesson) {
        var folder = lesson.folder().resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(RECORDING) && !file.endsWith(RecordedSums.FILE)).sorted().map(file -> new ToolProgram(lesson, file)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /** "lessons/06-relationships/elsewhere/knex.js". */
    public String name() {
        return lesson.home().root().relativize(file).toString().replace('\\', '/');
    }

    /** What it printed when an author ran it: {@code knex.out}. */
    public Path recording() {
        var name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + RECORDING);
    }

    /** "js": its language. */
    public String extension() {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Its text, and what belongs to that: the versions of its packages, and the lesson's own code where it runs the lesson. */
    List<Path> files() {
        var packages = lesson.home().root().resolve("engine").resolve(FOLDER);
        return Stream.of(Stream.of(file), extension().equals("js") ? Stream.of(packages.resolve("package.json"), packages.resolve("package-lock.json")) : Stream.<Path>of(),
            runsLesson() ? code().stream() : Stream.<Path>of()).flatMap(some -> some).toList();
    }

    private boolean runsLesson() {
        try {
            return Files.readString(file).contains("./jbang lesson" + lesson.number());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** All that a lesson consists of but its prose and its recording, which stand beside its program. */
    private List<Path> code() {
        try (var files = Files.walk(lesson.folder())) {
            return files.filter(Files::isRegularFile).filter(some -> !some.startsWith(lesson.folder().resolve(FOLDER)))
                .filter(some -> !some.equals(lesson.prose()) && !some.equals(lesson.recording())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + lesson.folder(), e);
        }
    }

    /**
     * The words that run it.
     *
     * @throws IllegalArgumentException where it is in no language that is known here
     */
    List<String> command() {
        return Stream.concat(switch (extension()) {
            case "js" -> Stream.of("node");
            case "py" -> Stream.of(python(), "-P"); // or sqlalchemy.py would import itself
            case "sh" -> Stream.of("bash");
            case "java" -> Stream.of(System.getenv().getOrDefault("JBANG_LAUNCH_CMD", "jbang"), "--quiet");
            default -> throw new IllegalArgumentException(name() + " is no .js, .py, .sh or .java");
        }, Stream.of(file.toString())).toList();
    }

    /** The system's own, which sees the packages of the system; a version manager's does not. */
    private static String python() {
        return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }
}

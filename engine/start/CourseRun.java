package start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command of the course, by jbang itself: in the clone around the current folder, else in the kept course. */
public final class CourseRun {
    /** These work on the learner's files, which are made where they are missing. */
    private static final Set<String> OF_EXERCISES = Set.of("verify", "hint", "solution", "reset", "sql", "submit", "notebook");
    private static final String START = "start";
    private final Path here;
    private final List<String> words;

    private CourseRun(Path here, List<String> words) {
        this.here = here;
        this.words = words;
    }

    /** @return the exit code: that of the command, or 2 where there was none to run, and says why */
    public static int run(String... words) throws InterruptedException {
        try {
            return new CourseRun(Path.of("").toAbsolutePath(), List.of(words)).run();
        } catch (StartFailed e) {
            System.err.println("jbang: " + e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("jbang: the course cannot be read or kept (" + e + "); free some space, or set JBANG_DIR to a folder that you may write to, and try again");
        }
        return 2;
    }

    private int run() throws IOException, InterruptedException, StartFailed {
        var clone = clone(variable("COURSE_ROOT").map(Path::of).orElse(here));
        return clone.isPresent() ? program(clone.get(), Optional.empty()) : withoutClone();
    }

    private int withoutClone() throws IOException, InterruptedException, StartFailed {
        var cache = jbangCache();
        var made = CourseFolder.around(here);
        var origin = origin(cache, made);
        var kept = new KeptCourse(origin.archive(), cache);
        var starts = words.getFirst().equals(START);
        var course = starts ? kept.newest() : kept.root();
        var folder = made.orElse(new CourseFolder(here));
        if (starts || made.isEmpty() && OF_EXERCISES.contains(words.getFirst())) {
            folder.prepare(course, kept, origin);
            System.err.println("jbang: your exercises are in " + folder.folder().resolve("exercises") + ", and ./jbang there runs the course, as in: ./jbang lesson01");
        } else if (made.isEmpty()) {
            System.err.println("jbang: where ./jbang COMMAND is said, it is jbang COMMAND@%1$s here; jbang start@%1$s makes ./jbang and your exercises in a folder".formatted(origin.name()));
        }
        return starts ? 0 : program(course, Optional.of(folder));
    }

    private static Origin origin(Path cache, Optional<CourseFolder> made) throws IOException, StartFailed {
        var all = Origin.all(variable("JBANG_DIR").map(Path::of).orElseGet(() -> Path.of(System.getProperty("user.home"), ".jbang")), cache);
        if (all.isEmpty()) {
            throw new StartFailed("jbang does not say which repository the course is from; ask for it as lesson01@OWNER/REPOSITORY, "
                + "or name its catalog once, `jbang catalog add --name course ADDRESS`, and ask for lesson01@course");
        }
        var asked = variable("COURSE_ORIGIN");
        if (asked.isEmpty() && made.isPresent()) {
            asked = Optional.of(made.get().origin());
        }
        var name = asked;
        var fitting = all.stream().filter(one -> name.isEmpty() || one.name().equals(name.get())).toList();
        if (fitting.size() != 1) {
            throw new StartFailed("jbang has the course from " + all.stream().map(Origin::name).collect(Collectors.joining(" and "))
                + name.map(one -> ", but not from " + one).orElse("") + "; say which with COURSE_ORIGIN=" + all.getFirst().name());
        }
        return fitting.getFirst();
    }

    /** By jbang, which compiles it. Whoever stops us stops it as well, and we end after it. */
    private int program(Path course, Optional<CourseFolder> folder) throws IOException, InterruptedException, StartFailed {
        var command = new ArrayList<>(List.of(variable("JBANG_LAUNCH_CMD").filter(one -> !one.endsWith(".ps1")).orElse(isWindows() ? "jbang.cmd" : "jbang"),
            "run", course.resolve("engine/Course.java").toString()));
        command.addAll(words);
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("COURSE_ROOT", course.toString());
        folder.ifPresent(one -> builder.environment().put("COURSE_FOLDER", one.folder().toString()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new StartFailed("cannot run " + command.getFirst() + " (" + e.getMessage() + "); set JBANG_LAUNCH_CMD to jbang");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.onExit().join()));
        return process.waitFor();
    }

    private static Optional<Path> clone(Path start) {
        return Stream.iterate(start, at -> at != null, Path::getParent)
            .filter(at -> Files.exists(at.resolve("jbang-catalog.json")) && Files.exists(at.resolve("engine/Course.java"))).findFirst();
    }

    /** This program is in {@code jars/Start.java.X/Start.jar} of it. */
    private static Path jbangCache() throws StartFailed {
        var jar = Path.of(URI.create(CourseRun.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        if (jar.getNameCount() < 4 || !jar.getParent().getParent().endsWith("jars")) {
            throw new StartFailed(jar + " is not in a cache of jbang; run this by jbang");
        }
        return jar.getParent().getParent().getParent();
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}

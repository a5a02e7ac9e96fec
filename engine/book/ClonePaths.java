package book;

import java.nio.file.Path;
import lesson.Home;

/** Files of the course as findings and pages name them: relative, with slashes on every system. */
public final class ClonePaths {
    private ClonePaths() { }

    /** A file below the root of the course, or below the learner's folder: "lessons/02-pooling/lesson02.java". */
    public static String of(Home home, Path file) {
        return home.shown(file).toString().replace('\\', '/');
    }
}

package launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/** The clone whose scripts are tested. */
final class Checkout {

    private Checkout() {
    }

    /** The folder of COURSE_ROOT, else the nearest folder above this one that has the catalog. */
    static Path root() {
        var named = System.getenv("COURSE_ROOT");
        var folder = named != null ? Path.of(named) : Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("jbang-catalog.json"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no jbang-catalog.json above " + Path.of("").toAbsolutePath() + "; run the tests in the clone");
        }
        return folder;
    }
}

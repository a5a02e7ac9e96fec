package grading.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lesson.Home;

/** Which state of the course this is: the commit of the clone, or of what was fetched in place of one. */
public final class CourseVersion {
    private static final String UNKNOWN = "unknown";
    private static final String FETCHED = ".commit";

    private CourseVersion() { }

    /** The commit's hash, or "unknown" where the course neither was cloned with git nor came with its commit. */
    public static String of(Home home) {
        var git = home.root().resolve(".git");
        try {
            if (!Files.isDirectory(git)) {
                var fetched = home.root().resolve(FETCHED);
                return Files.exists(fetched) ? Files.readString(fetched).strip() : UNKNOWN;
            }
            var head = Files.readString(git.resolve("HEAD")).strip();
            return head.startsWith("ref: ") ? branch(git, head.substring("ref: ".length())) : head;
        } catch (IOException e) {
            return UNKNOWN; // a half-written repository is no reason to refuse a verdict
        }
    }

    private static String branch(Path git, String ref) throws IOException {
        if (Files.exists(git.resolve(ref))) {
            return Files.readString(git.resolve(ref)).strip();
        }
        if (!Files.exists(git.resolve("packed-refs"))) {
            return UNKNOWN;
        }
        return Files.readAllLines(git.resolve("packed-refs")).stream().filter(line -> line.endsWith(" " + ref))
            .map(line -> line.split(" ")[0]).findFirst().orElse(UNKNOWN);
    }
}

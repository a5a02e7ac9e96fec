package grading.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/** A way of keeping the JVM in which answers run away from everything else. */
public interface Sandbox {
    /** None: for one's own answers, which may do what every program may that one starts. */
    Sandbox NONE = new Unprotected();

    /** As {@code --sandbox} has it. */
    String name();

    /** What it does not hold, in one line. */
    String doesNotHold();

    /**
     * Makes one for one JVM, which is not started yet. The caller closes it.
     *
     * @param folder of that JVM alone, empty; the caller removes it
     */
    Enclosure enclose(Path folder) throws IOException;
}

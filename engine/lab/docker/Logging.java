package lab.docker;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Keeps what libraries log out of the terminal: the lab says in its own words what takes long and what went wrong. */
public final class Logging {
    /** The JDK forgets the level of a logger that nobody holds. */
    private static final List<Logger> HELD = Stream.of("org.testcontainers", "tc", "com.github.dockerjava", "org.rnorth", "org.postgresql")
        .map(Logger::getLogger).toList();

    private Logging() { }

    /** Silences the libraries of containers for the rest of the process. */
    public static void silence() {
        HELD.forEach(logger -> logger.setLevel(Level.OFF));
    }
}

package timing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Notes how far a lesson or a verification has come, and when, in the file that {@value #VARIABLE} names; else does nothing. */
public final class Phases {
    public static final String VARIABLE = "COURSE_STOPWATCH";
    private static final String FILE = System.getenv(VARIABLE);

    private Phases() { }

    /** Whether this run was asked to note them, by {@value #VARIABLE}. */
    public static boolean areNoted() {
        return FILE != null;
    }

    /**
     * Appends a line: microseconds since 1970, a space, the phase. Processes that write to the same file do not mix their lines.
     *
     * @throws UncheckedIOException where the file cannot be written
     */
    public static void note(String phase) {
        if (!areNoted()) {
            return;
        }
        try {
            Files.writeString(Path.of(FILE), micros(Instant.now()) + " " + phase + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + FILE + ", which " + VARIABLE + " names", e);
        }
    }

    /** A time as it stands in the file. */
    public static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }
}

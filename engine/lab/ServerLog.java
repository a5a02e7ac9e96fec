package lab;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a server writes about itself. */
public interface ServerLog {

    /**
     * The lines written between two moments, both included to the millisecond, the oldest first; of very many the last.
     *
     * @throws LabException with the reason, where it cannot be read, now or ever
     */
    List<String> between(Instant from, Instant to) throws LabException;

    /** Why the lab can never read it; empty where it can, though a moment's failure may always come in between. */
    default Optional<String> reasonUnreadable() {
        return Optional.empty();
    }

    /** The file on this machine that it is read from, where it is one. */
    default Optional<Path> file() {
        return Optional.empty();
    }

    /** A log that cannot be read, for this reason. */
    static ServerLog none(String reason) {
        return new Unreadable("no log of the server here: " + reason);
    }

    /** See {@link #none}. */
    record Unreadable(String reason) implements ServerLog {
        @Override public List<String> between(Instant from, Instant to) {
            throw new LabException(reason);
        }

        @Override public Optional<String> reasonUnreadable() {
            return Optional.of(reason);
        }
    }
}

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
     * @throws LabException with the reason, where the lab cannot read this log
     */
    List<String> between(Instant from, Instant to) throws LabException;

    /** The file on this machine that it is read from, where it is one. */
    default Optional<Path> file() {
        return Optional.empty();
    }

    /** A log that cannot be read, for this reason. */
    static ServerLog none(String reason) {
        return (from, to) -> {
            throw new LabException("no log of the server here: " + reason);
        };
    }
}

package grading;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import lab.LogMark;

/**
 * What the server writes into its log while an answer works. Ask for it as a parameter of a check.
 *
 * <p>The lines are those of all databases on the server, other verifications may be among them: look for what is yours alone.
 */
public final class CloneLog {
    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private final Clone clone;
    private final Source source;

    /** Whoever can read the log. */
    public interface Source {
        /** All since then; empty where nobody here can read it. */
        Optional<List<String>> since(Instant moment);
    }

    /** The log of the clone's server. */
    public CloneLog(Clone clone, Source source) {
        this.clone = clone;
        this.source = source;
    }

    /**
     * Does the work, and returns what was logged meanwhile: between two marks of ours, the second of which is there when all before it is.
     *
     * @return empty where the lab cannot read the log, as of a server that others run; the work is done all the same
     */
    public Optional<List<String>> during(Expect.Work work) throws Exception {
        var from = Instant.now().minus(BEFORE);
        var first = mark();
        work.run();
        var last = mark();
        var lines = new AtomicReference<>(Optional.<List<String>>empty());
        var written = Task.until(LIMIT, () -> {
            lines.set(source.since(from));
            return lines.get().map(last::isIn).orElse(true);
        });
        Expect.that("What the server's log has", written, "the verifier's own line", "no such line after " + DisplayValue.value(LIMIT), "");
        return lines.get().map(all -> LogMark.between(all, first, last));
    }

    private LogMark mark() throws SQLException {
        var mark = LogMark.create();
        Sql.execute(clone.owner(), mark.statement());
        return mark;
    }
}

package lab.net;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import lab.Server;
import lab.SqlErrors;

/** Tells a server that is gone, or that was frozen, from an answer or a claim that is wrong. */
public final class LostServer {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private LostServer() { }

    /**
     * What to do about it, where the server is gone or says nothing any more; empty where it answers. It is asked twice, for a machine may
     * stand still for a moment, five seconds or a little more each time.
     *
     * @param again what is done afterwards: "run the lesson again"
     */
    public static Optional<String> sentence(Server server, String again) {
        return reason(server).flatMap(first -> reason(server)).map(reason -> server.describe() + " does not answer any more (" + reason + "), so nothing was judged. If nobody stopped it,"
            + " and the network holds, memory or disk may have been short: ./jbang doctor looks. Then " + again);
    }

    private static Optional<String> reason(Server server) {
        try (var connection = server.admin().connect(LONGEST_SILENCE)) {
            return connection.isValid((int) LONGEST_SILENCE.toSeconds()) ? Optional.empty() : Optional.of("it says nothing");
        } catch (SQLException e) {
            return SqlErrors.isConnectionLost(e) || e.getCause() instanceof IOException ? Optional.of(SqlErrors.describe(e)) : Optional.empty();
        }
    }
}

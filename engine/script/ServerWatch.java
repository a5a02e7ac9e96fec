package script;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import lab.Server;

/** Stops a server that was frozen while a lesson runs. */
final class ServerWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Server server;
    private final Consumer<String> told;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** @param told what was done about it */
    ServerWatch(Server server, Consumer<String> told) {
        this.server = server;
        this.told = told;
    }

    /** Looks once, beside what runs; not while an earlier look lasts. */
    void look() {
        if (looking.compareAndSet(false, true)) {
            Thread.ofVirtual().start(() -> {
                stopIfSilent(PATIENCE);
                looking.set(false);
            });
        }
    }

    /**
     * A server that was frozen holds every session of the lesson for ever; when it is stopped, they fail. A statement may take as long
     * as it likes: only where nobody gets in, twice one after the other, the server is silent. One of the learner's own is left alone.
     */
    boolean stopIfSilent(Duration patience) {
        var silent = !server.isShared() && isSilent(patience) && isSilent(patience);
        if (silent && LessonRun.isRunning()) {
            told.accept("The server lets nobody in, and is stopped.");
            server.close();
        }
        return silent;
    }

    private boolean isSilent(Duration patience) {
        var begin = System.nanoTime();
        try (var connection = server.admin().connect(patience)) {
            return !connection.isValid((int) patience.toSeconds());
        } catch (SQLException e) {
            return System.nanoTime() - begin >= patience.toNanos(); // a refusal is an answer
        }
    }
}

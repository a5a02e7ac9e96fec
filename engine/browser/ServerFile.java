package browser;

import browser.http.Secrets;
import browser.notebook.NotebookFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import lab.Progress;
import lab.os.StateFile;
import lesson.Home;

/**
 * What the notebook's server keeps from one run to the next, in {@code .course/notebook/server.json}: its port, so that a page
 * which is still open finds it again, and the key by which the two know each other. Read by its owner alone.
 */
final class ServerFile {
    private static final int VERSION = 1;
    private final StateFile<Content> file;

    /**
     * @param port where the notebook was the last time; 0 for nowhere yet
     * @param key  of {@link browser.http.Renewal}
     */
    record Content(int version, int port, String key) {
        Content {
            Objects.requireNonNull(key, "it has no key");
        }

        private static Content fresh() {
            return new Content(VERSION, 0, Secrets.randomText());
        }
    }

    private ServerFile(Path path) {
        this.file = new StateFile<>(path, Content.class, Content::fresh);
    }

    static ServerFile of(Home home) {
        return new ServerFile(NotebookFile.in(home, "server.json"));
    }

    /** What was kept; a port of none and a new key where nothing was, or nothing that can be understood. */
    Content read() {
        try {
            return file.read();
        } catch (StateFile.Damaged e) {
            file.setAside();
            return Content.fresh();
        }
    }

    /** Keeps the port and the key. @param progress is told where that cannot be done; the notebook works all the same */
    void write(int port, String key, Progress progress) {
        try {
            file.write(new Content(VERSION, port, key));
        } catch (UncheckedIOException e) {
            progress.say("The notebook's port cannot be kept for the next time: " + e.getMessage());
        }
    }
}

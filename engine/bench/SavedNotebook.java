package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lesson.Lesson;

/** What the learner wrote in a lesson's notebook, kept while the bench writes there, and put back. */
final class SavedNotebook implements AutoCloseable {
    private final Path file;
    private final Optional<byte[]> content;
    private final Thread atExit = new Thread(this::putBackQuietly, "put-back");

    SavedNotebook(Lesson lesson) throws IOException {
        file = lesson.home().state().resolve("notebook").resolve(lesson.id() + ".json");
        content = Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        Runtime.getRuntime().addShutdownHook(atExit);
        Files.deleteIfExists(file);
    }

    private void putBack() throws IOException {
        if (content.isPresent()) {
            Files.write(file, content.get());
        } else {
            Files.deleteIfExists(file);
        }
    }

    private void putBackQuietly() {
        try {
            putBack();
        } catch (IOException e) {
            System.err.println("could not put back " + file + ": " + e.getMessage());
        }
    }

    @Override public void close() throws IOException {
        putBack();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}

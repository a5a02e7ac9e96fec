package lab.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small JSON file that several processes read and change, and that only its owner may read. Whoever reads sees the old
 * content or the new one, also after a crash; whoever changes it loses nothing that another process has just written.
 *
 * @param <T> what it holds, as Jackson reads and writes it
 */
public final class StateFile<T> {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");
    private final Path path;
    private final Class<T> type;
    private final Supplier<T> initial;

    /** @param initial what it holds as long as there is no file */
    public StateFile(Path path, Class<T> type, Supplier<T> initial) {
        this.path = path;
        this.type = type;
        this.initial = initial;
    }

    /** The file's content cannot be understood. It is left as it is. */
    public static final class Damaged extends UncheckedIOException {
        private Damaged(Path path, String reason) {
            super(path + " is damaged; move it away to begin a new one", new IOException(reason));
        }

        /** What is wrong with it, in one line. */
        public String reason() {
            return getCause().getMessage();
        }
    }

    /** Where it is, or will be. */
    public Path path() {
        return path;
    }

    /**
     * What the file holds now.
     *
     * @throws Damaged              where it cannot be understood
     * @throws UncheckedIOException where it cannot be read
     */
    public T read() {
        try {
            return JSON.readValue(Files.readString(path), type);
        } catch (NoSuchFileException e) {
            return initial.get();
        } catch (JacksonException e) {
            throw new Damaged(path, e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new Damaged(path, "it is not text");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /**
     * Changes what the file holds, while no other process or thread can.
     *
     * @param change makes the new content from the one that is there; must not change a file of the same folder
     * @return the new content
     * @throws Damaged              where what is there cannot be understood; then it is left as it is
     * @throws UncheckedIOException where the file cannot be read or written
     */
    public T update(UnaryOperator<T> change) {
        return replace(() -> change.apply(read()));
    }

    /**
     * Puts a content in the place of whatever is there.
     *
     * @throws UncheckedIOException where the file cannot be written
     */
    public void write(T content) {
        replace(() -> content);
    }

    private T replace(Supplier<T> content) {
        var folder = path.toAbsolutePath().getParent();
        try (var lock = FolderLock.on(Files.createDirectories(folder))) {
            var made = content.get();
            replaceBy(JSON.writeValueAsString(made) + "\n");
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /** Under the lock, so that the other name can be the same each time: what a killed process left there is overwritten. */
    private void replaceBy(String text) throws IOException {
        var half = path.resolveSibling(path.getFileName() + ".half");
        Files.deleteIfExists(half);
        Passwords.writePrivately(half, text);
        try {
            Files.move(half, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(half, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Moves a damaged file out of the way, so that a new one can begin.
     *
     * @return where it is kept
     * @throws UncheckedIOException where it cannot be moved
     */
    public Path setAside() {
        var aside = path.resolveSibling(path.getFileName() + ".damaged-" + LocalDateTime.now().format(TIME));
        try {
            return Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " is damaged and cannot be moved aside", e);
        }
    }
}

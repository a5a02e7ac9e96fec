package browser.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import lab.Progress;
import lab.os.Caches;
import lab.os.IoErrors;
import lesson.Lesson;
import org.apache.commons.codec.digest.DigestUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the learner wrote in a lesson's notebook, in {@code .course/notebook/05-indexing.json}. Read by its owner alone. */
public final class NotebookFile {
    private static final int VERSION = 1;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Path file;
    private final Progress says;

    /** @param cells those that are not as the lesson has them, in the order of the page */
    record Content(int version, String lesson, int rev, List<Entry> cells) { }

    /**
     * @param scratch whether it is one of the learner's own
     * @param after   the cell that one of the learner's own stands behind
     */
    record Entry(String id, boolean scratch, String after, String language, String role, String session, String source, int rev) { }

    private NotebookFile(Path file, Progress says) {
        this.file = file;
        this.says = says;
    }

    /** In the clone; in the cache where the clone is read-only, which is said. */
    static NotebookFile of(Lesson lesson, Progress says) {
        var name = lesson.id() + ".json";
        var usual = lesson.home().state().resolve("notebook").resolve(name);
        if (isWritable(usual)) {
            return new NotebookFile(usual, says);
        }
        var clone = DigestUtils.sha256Hex(lesson.home().root().toString()).substring(0, 16);
        var other = Caches.folder("notebook", clone).resolve(name);
        says.say("This clone cannot be written to, so what you write is kept in " + other);
        return new NotebookFile(other, says);
    }

    private static boolean isWritable(Path file) {
        try {
            privateFolder(file.getParent());
            return Files.isWritable(file.getParent()) && (!Files.exists(file) || Files.isWritable(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** Nothing where nothing was written. A file that cannot be understood is moved aside, not lost. */
    Content read() {
        if (!Files.exists(file)) {
            return new Content(VERSION, "", 0, List.of());
        }
        try {
            var content = JSON.readValue(Files.readString(file), Content.class);
            return content.cells() == null ? damaged("it has no cells") : content;
        } catch (JacksonException e) {
            return damaged(e.getOriginalMessage());
        } catch (java.nio.charset.CharacterCodingException e) {
            return damaged("it is not text");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what you wrote in " + file, e);
        }
    }

    private Content damaged(String why) {
        var aside = file.resolveSibling(file.getFileName() + ".damaged-" + LocalDateTime.now().format(TIME));
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is damaged (" + why + ") and cannot be moved aside", e);
        }
        says.say("What you had written here could not be read (" + why.lines().findFirst().orElse("") + "). It is kept in " + aside
            + "; the lesson begins as it was given.");
        return new Content(VERSION, "", 0, List.of());
    }

    /** At once and whole: a power cut leaves the file as it was before. */
    void write(String lesson, int rev, List<Entry> cells) {
        try {
            privateFolder(file.getParent());
            var half = Files.createTempFile(file.getParent(), "half-", ".json", ownerOnly(file, "rw-------"));
            try {
                Files.writeString(half, JSON.writeValueAsString(new Content(VERSION, lesson, rev, cells)) + "\n");
                replace(half);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep what you wrote in " + file + ": " + IoErrors.describe(e), e);
        }
    }

    private void replace(Path half) throws IOException {
        try {
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A folder that only its owner may enter. */
    public static Path privateFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
        }
        return folder;
    }

    public static FileAttribute<?>[] ownerOnly(Path near, String permissions) {
        var posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
            : new FileAttribute<?>[0];
    }
}

package browser.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import lab.Progress;
import lab.os.Caches;
import lab.os.IoErrors;
import lab.os.StateFile;
import lesson.Lesson;
import org.apache.commons.codec.digest.DigestUtils;

/** What the learner wrote in a lesson's notebook, in {@code .course/notebook/05-indexing.json}. Read by its owner alone. */
public final class NotebookFile {
    private static final int VERSION = 1;
    private final StateFile<Content> file;
    private final Progress progress;

    /** @param cells those that are not as the lesson has them, in the order of the page */
    record Content(int version, String lesson, int rev, List<Entry> cells) {
        Content {
            Objects.requireNonNull(cells, "it has no cells");
        }

        static Content none() {
            return new Content(VERSION, "", 0, List.of());
        }
    }

    /**
     * @param scratch whether it is one of the learner's own
     * @param after   the cell that one of the learner's own stands below
     */
    record Entry(String id, boolean scratch, String after, String language, String role, String session, String source, int rev) { }

    private NotebookFile(Path file, Progress progress) {
        this.file = new StateFile<>(file, Content.class, Content::none);
        this.progress = progress;
    }

    /** In the clone; in the cache where the clone is read-only. @param progress is told that, and of a damaged file */
    static NotebookFile of(Lesson lesson, Progress progress) {
        var name = lesson.id() + ".json";
        var usual = lesson.home().state().resolve("notebook").resolve(name);
        if (isWritable(usual)) {
            return new NotebookFile(usual, progress);
        }
        var clone = DigestUtils.sha256Hex(lesson.home().root().toString()).substring(0, 16);
        var other = Caches.folder("notebook", clone).resolve(name);
        progress.say("This clone cannot be written to, so what you write is kept in " + other);
        return new NotebookFile(other, progress);
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
        try {
            return file.read();
        } catch (StateFile.Damaged e) {
            progress.say("What you had written here could not be read (" + e.reason() + "). It is kept in " + file.setAside()
                + "; the lesson begins as it was given.");
            return Content.none();
        }
    }

    /** At once and whole. */
    void write(String lesson, int rev, List<Entry> cells) {
        try {
            privateFolder(file.path().getParent());
            file.write(new Content(VERSION, lesson, rev, cells));
        } catch (IOException e) {
            throw unwritten(e);
        } catch (UncheckedIOException e) {
            throw unwritten(e.getCause());
        }
    }

    private UncheckedIOException unwritten(IOException e) {
        return new UncheckedIOException("cannot keep what you wrote in " + file.path() + ": " + IoErrors.describe(e), e);
    }

    /** Makes a folder that only its owner may enter, where there is none. */
    public static Path privateFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
        }
        return folder;
    }

    /**
     * Permissions as attributes for a new file; none where the file system has no POSIX permissions.
     *
     * @param near any path of that file system
     */
    public static FileAttribute<?>[] ownerOnly(Path near, String permissions) {
        var posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
            : new FileAttribute<?>[0];
    }
}

package browser.notebook;

import browser.notebook.state.CellCode;
import browser.notebook.state.CellState;
import browser.notebook.state.Cells;
import browser.notebook.state.NotebookState;
import browser.notebook.state.NotebookState.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import kernel.cell.Cell;
import lab.Role;
import lab.os.Caches;
import lab.os.IoErrors;
import lab.os.StateFile;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;
import org.apache.commons.codec.digest.DigestUtils;

/** What the learner wrote in a lesson's notebook, in {@code .course/notebook/05-indexing.json}. Read by its owner alone. */
public final class NotebookFile {
    private static final int VERSION = 1;
    private final Lesson lesson;
    private final StateFile<Content> file;
    private final Optional<String> notice;

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
    record Entry(String id, boolean scratch, String after, String language, String role, String session, String source, int rev) {
        static Entry of(Cells cells, CellCode code) {
            return new Entry(code.id(), code.scratch(), cells.before(code.id()), code.language().word(), code.role().word(), code.session(), code.source(), code.rev());
        }

        Written written() {
            return new Written(id, scratch, after, Cell.Language.of(language), Role.of(role), session, source, rev);
        }
    }

    /** @param notice for the learner, on where it is */
    private NotebookFile(Lesson lesson, Path file, Optional<String> notice) {
        this.lesson = lesson;
        this.file = new StateFile<>(file, Content.class, Content::none);
        this.notice = notice;
    }

    /** In the clone; in the cache where the clone is read-only. */
    public static NotebookFile of(Lesson lesson) {
        var file = in(lesson.home(), lesson.id() + ".json");
        return new NotebookFile(lesson, file, file.startsWith(lesson.home().state()) ? Optional.empty()
            : Optional.of("This clone cannot be written to, so what you write is kept in " + file));
    }

    /** Where a file of the notebook is kept: in the clone; in the cache where the clone is read-only. */
    public static Path in(Home home, String name) {
        var usual = home.state().resolve("notebook").resolve(name);
        if (isWritable(usual)) {
            return usual;
        }
        var clone = DigestUtils.sha256Hex(home.learner().toString()).substring(0, 16);
        return Caches.folder("notebook", clone).resolve(name);
    }

    private static boolean isWritable(Path file) {
        try {
            privateFolder(file.getParent());
            return Files.isWritable(file.getParent()) && (!Files.exists(file) || Files.isWritable(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** The lesson's cells with what was written in them the last time. A file that cannot be understood is moved aside, not lost. */
    public NotebookState open() {
        try {
            return open(file.read(), notice);
        } catch (StateFile.Damaged e) {
            return open(Content.none(), Optional.of("What you had written here could not be read (" + e.reason() + "). It is kept in " + file.setAside()
                + "; the lesson begins as it was given."));
        }
    }

    private NotebookState open(Content content, Optional<String> warning) {
        var cells = Program.regions(lesson.program()).stream().map(Cell::of).toList();
        return NotebookState.opened(cells, content.rev(), content.cells().stream().map(Entry::written).toList(), warning);
    }

    /** At once and whole. @throws UncheckedIOException where that is not possible, with the reason */
    void write(int rev, Cells cells) {
        var entries = cells.all().stream().map(CellState::code).filter(code -> code.scratch() || code.isEdited()).map(code -> Entry.of(cells, code)).toList();
        try {
            privateFolder(file.path().getParent());
            file.write(new Content(VERSION, lesson.id(), rev, entries));
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

package browser.notebook;

import browser.http.Events;
import browser.http.Refusal;
import java.util.Map;
import java.util.Optional;
import kernel.cell.Cell;
import lab.Role;
import lesson.Lesson;

/** What somebody writes in a notebook: written to a file at once, told to every window, and read again the next time. */
public final class NotebookEditor {
    private final Lesson lesson;
    private final Object lock;
    private final NotebookCells notebookCells;
    private final Events events;
    private final NotebookRunner runner;
    private final NotebookFile file;
    private Optional<String> warning = Optional.empty();
    private int rev;

    /** @param lock the notebook's */
    NotebookEditor(Lesson lesson, Object lock, NotebookCells notebookCells, Events events, NotebookRunner runner) {
        this.lesson = lesson;
        this.lock = lock;
        this.notebookCells = notebookCells;
        this.events = events;
        this.runner = runner;
        this.file = NotebookFile.of(lesson, sentence -> warning = Optional.of(sentence));
        load();
    }

    /** Reads what was written here the last time. A cell whose step the lesson no longer has becomes one of the learner's own. */
    private void load() {
        var content = file.read();
        rev = content.rev();
        for (var entry : content.cells()) {
            if (!entry.scratch() && notebookCells.has(entry.id())) {
                notebookCells.get(entry.id()).edit(entry.source(), entry.rev());
            } else {
                var id = notebookCells.has(entry.id()) || !entry.scratch() ? notebookCells.newId() : entry.id();
                notebookCells.add(entry.after(), new Cell(id, Cell.Language.of(entry.language()), entry.source(), Role.of(entry.role()), entry.session(), "")).rev = entry.rev();
            }
        }
    }

    private void store() {
        file.write(lesson.id(), rev, notebookCells.all().stream().filter(cell -> cell.scratch || cell.isEdited()).map(this::entry).toList());
    }

    private NotebookFile.Entry entry(NotebookCell cell) {
        return new NotebookFile.Entry(cell.id, cell.scratch, notebookCells.before(cell), cell.language.word(), cell.role.word(), cell.session, cell.source, cell.rev);
    }

    /** How often something was written. Under the lock. */
    int rev() {
        return rev;
    }

    /** Tells the first window what was wrong with the file. Under the lock. */
    void tellWarning() {
        warning.ifPresent(sentence -> runner.status().notice("warning", sentence));
        warning = Optional.empty();
    }

    /**
     * Keeps what somebody typed.
     *
     * @param known the revision of the text that was typed over
     * @param by    the window, which need not be told
     * @return the revision of the new text
     * @throws Refusal where somebody else has typed meanwhile; it carries the other text
     */
    int save(String id, String source, int known, String by) {
        synchronized (lock) {
            var notebookCell = notebookCells.get(id);
            if (!notebookCell.source.equals(source) && known != notebookCell.rev) {
                throw new Refusal(409, "another window has changed this cell meanwhile", Map.of("source", notebookCell.source, "rev", notebookCell.rev));
            }
            edit(id, source, by);
            return notebookCell.rev;
        }
    }

    /** The same without a look at revisions: what somebody runs counts, whoever typed meanwhile. */
    public void edit(String id, String source, String by) {
        synchronized (lock) {
            var notebookCell = notebookCells.get(id);
            if (!notebookCell.source.equals(source)) {
                notebookCell.edit(source, ++rev);
                store();
                events.tell("edited", Map.of("id", notebookCell.id, "source", notebookCell.source, "rev", notebookCell.rev, "by", by));
                runner.staleness().refresh();
            }
        }
    }

    /** Takes the lesson's own text again. @return the cell as the page knows it */
    Map<String, Object> restore(String id) {
        synchronized (lock) {
            edit(id, notebookCells.get(id).original, "");
            return notebookCells.view(notebookCells.get(id));
        }
    }

    /**
     * Adds a cell of the learner's own.
     *
     * @param after the cell that it stands below; empty for none
     * @return the cell as the page knows it
     */
    public Map<String, Object> scratch(String after, Cell.Language language, Role role, String session, String source) {
        synchronized (lock) {
            var notebookCell = notebookCells.add(after, new Cell(notebookCells.newId(), language, source, role, session, ""));
            notebookCell.rev = ++rev;
            store();
            var view = notebookCells.view(notebookCell);
            events.tell("added", Map.of("cell", view));
            return view;
        }
    }

    /**
     * Another language, role or session for a cell of the learner's own.
     *
     * @return the cell as the page knows it
     * @throws Refusal for a cell of the lesson, or one that runs
     */
    Map<String, Object> change(String id, Optional<Cell.Language> language, Optional<Role> role, Optional<String> session) {
        synchronized (lock) {
            var notebookCell = notebookCells.get(id);
            requireIdle(notebookCell);
            if (!notebookCell.scratch) {
                throw new Refusal(400, "cell " + id + " is the lesson's; language, role and session can be changed in cells of your own");
            }
            language.ifPresent(to -> notebookCell.language = to);
            role.ifPresent(to -> notebookCell.role = to);
            session.ifPresent(to -> notebookCell.session = to);
            rev++; // that of the cell stays: its text is as it was, and whoever types in it goes on
            store();
            var view = notebookCells.view(notebookCell);
            events.tell("added", Map.of("cell", view)); // a page takes one that it knows for its new state
            runner.staleness().refresh();
            return view;
        }
    }

    /** Removes a cell of the learner's own. @throws Refusal for a cell of the lesson, or one that runs */
    void remove(String id) {
        synchronized (lock) {
            var notebookCell = notebookCells.get(id);
            requireIdle(notebookCell);
            if (!notebookCell.scratch) {
                throw new Refusal(400, "cell " + id + " is the lesson's; only cells of your own can be removed");
            }
            notebookCells.remove(notebookCell);
            rev++;
            store();
            runner.forget(id);
            events.tell("removed", Map.of("id", id));
            runner.staleness().refresh();
        }
    }

    private static void requireIdle(NotebookCell notebookCell) {
        if (notebookCell.status.isBusy()) {
            throw new Refusal(409, "cell " + notebookCell.id + " runs or waits for its turn; stop it first");
        }
    }
}

package browser.notebook.state;

import kernel.cell.Cell;
import lab.Role;

/**
 * A cell as it is written now.
 *
 * @param scratch  whether it is one of the learner's own
 * @param original the text that it had in the beginning
 * @param sqlState that the lesson expects of its own statement; empty for none
 * @param session  the name of the connection; empty for the role's usual one
 * @param rev      when it was last written, counted over all that is written in the notebook
 */
public record CellCode(String id, boolean scratch, String original, String sqlState, Cell.Language language, Role role, String session, String source, int rev) {

    static CellCode ofLesson(Cell cell) {
        return of(cell, false, 0);
    }

    static CellCode ofLearner(Cell cell, int rev) {
        return of(cell, true, rev);
    }

    private static CellCode of(Cell cell, boolean scratch, int rev) {
        return new CellCode(cell.id(), scratch, cell.source(), cell.sqlState(), cell.language(), cell.role(), cell.session(), cell.source(), rev);
    }

    CellCode with(String text, int revision) {
        return new CellCode(id, scratch, original, sqlState, language, role, session, text, revision);
    }

    /** The revision stays: the text is as it was, and whoever types in it goes on. */
    CellCode with(Cell.Language language, Role role, String session) {
        return new CellCode(id, scratch, original, sqlState, language, role, session, source, rev);
    }

    /** As it would run now. A lesson expects an SQLSTATE of its own statement, not of one that was edited. */
    public Cell cell() {
        return new Cell(id, language, source, role, session, isEdited() ? "" : sqlState);
    }

    /** Whether it is a cell of the lesson, but not as the lesson has it. */
    public boolean isEdited() {
        return !scratch && !source.equals(original);
    }
}

package kernel.cell;

import lab.Role;
import lesson.Region;

/**
 * A piece of a notebook that can be run.
 *
 * @param id       a step's id, or that of a cell of the learner's own
 * @param language what it is written in
 * @param source   as it is to be run
 * @param role     who runs it, where it is SQL or shell
 * @param session  the name of the connection that runs it, where it is SQL; empty for the role's usual one
 * @param sqlState the SQLSTATE with which it must fail, or empty
 */
public record Cell(String id, Language language, String source, Role role, String session, String sqlState) {

    /** What a cell can be written in. */
    public enum Language {
        JAVA, SQL, SHELL;

        /** "java", as regions and pages name it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** @throws IllegalArgumentException where there is no such language */
        public static Language of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** The cell of a step, as the lesson has it. */
    public static Cell of(Region region) {
        return new Cell(region.id(), Language.of(region.language()), region.source(), region.role(), "", region.sqlState());
    }

    /** The same cell after an edit. */
    public Cell with(String source) {
        return new Cell(id, language, source, role, session, sqlState);
    }
}

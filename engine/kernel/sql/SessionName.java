package kernel.sql;

import java.util.regex.Pattern;
import kernel.cell.Cell;
import lab.Role;

/**
 * Which of the notebook's connections is meant.
 *
 * @param session as the learner named it; empty for the role's usual one
 */
public record SessionName(String session, Role role) {
    private static final Pattern APPLICATION = Pattern.compile("course: (?:session (.*) \\((\\w+)\\)|(\\w+))");

    static SessionName of(Cell cell) {
        return new SessionName(cell.session(), cell.role());
    }

    /** Whether it belongs to nobody in particular: each cell finds it fresh. */
    boolean isUsual() {
        return session.isEmpty();
    }

    /** "course: session A (app)", as pg_stat_activity shows it. */
    public String application() {
        return isUsual() ? "course: " + role.word() : "course: session " + session + " (" + role.word() + ")";
    }

    /** "session A (app)", for a sentence. */
    public String describe() {
        return isUsual() ? "the connection of " + role.word() : "session " + session + " (" + role.word() + ")";
    }

    /** What a person calls the connection with this application_name: "A", "app", or the name itself where it is not ours. */
    public static String inApplication(String application) {
        var ours = APPLICATION.matcher(application);
        return !ours.matches() ? application : ours.group(1) != null ? ours.group(1) : ours.group(3);
    }
}

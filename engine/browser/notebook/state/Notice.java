package browser.notebook.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * A sentence for the learner, above the page.
 *
 * @param key    on the page a notice takes the place of an older one with the same key; empty for none
 * @param action the one button that it has
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Notice(Level level, String text, String key, Optional<Action> action) {
    private static final String BROKEN = "broken";
    static final Action TRY_AGAIN = new Action("Try again", "reset", new Body(false));
    static final Action REPLAY = new Action("Start a fresh database and run the finished cells again", "reset", new Body(true));

    /** How bad it is. */
    public enum Level {
        INFO, WARNING, ERROR;

        /** "warning", as the page calls it. */
        @JsonValue public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A button, and the command that it sends. */
    public record Action(String label, String path, Body body) { }

    /** What is sent with the command. */
    public record Body(@JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean replay) { }

    static Notice warning(String text) {
        return new Notice(Level.WARNING, text, "", Optional.empty());
    }

    /** Something is broken, and this repairs it. */
    static Notice broken(String text, Action action) {
        return new Notice(Level.ERROR, text, BROKEN, Optional.of(action));
    }

    /** What was broken is being repaired, or works again. */
    static Notice solved(String text) {
        return new Notice(Level.INFO, text, BROKEN, Optional.empty());
    }

    /** Something that only a mistake in the course can have caused. */
    public static Notice fault(String text) {
        return new Notice(Level.ERROR, text, "", Optional.empty());
    }
}

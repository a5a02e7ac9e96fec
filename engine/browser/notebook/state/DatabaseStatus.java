package browser.notebook.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How the server is, as the page shows it.
 *
 * @param says    more about it, to the learner; empty for nothing
 * @param version product and version; empty as long as it is not ready
 */
public record DatabaseStatus(Kind status, String says, String version) {
    static final DatabaseStatus NONE = new DatabaseStatus(Kind.NONE, "", "");

    /** What it does. */
    public enum Kind {
        NONE, STARTING, RESETTING, READY, LOST;

        /** "ready", as the page calls it. */
        @JsonValue public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

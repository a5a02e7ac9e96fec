package browser.notebook.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How the process for Java cells is, as the page shows it.
 *
 * @param says more about it, to the learner; empty for nothing
 */
public record KernelStatus(Kind status, String says) {
    static final KernelStatus NONE = new KernelStatus(Kind.NONE, "");

    /** What it does. */
    public enum Kind {
        NONE, STARTING, READY, BUSY, REPLAYING, STOPPING, DEAD;

        /** "busy", as the page calls it. */
        @JsonValue public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

package browser.notebook.state;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import kernel.sql.SessionState;

/** What a window is told when something has changed. Each becomes an event of the page's stream, and its fields those of the event. */
public sealed interface WindowMessage {
    /** The name of the event. */
    default String type() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Whether what it begins may well end within a moment, so that windows draw once. */
    default boolean moreFollows() {
        return false;
    }

    /** How the run of a cell goes. */
    record Cell(@JsonUnwrapped CellView.Status status) implements WindowMessage {
        @Override public boolean moreFollows() {
            return status.status().isBusy();
        }
    }

    /** What a cell has shown is forgotten. */
    record Clear(String id) implements WindowMessage {
        @Override public boolean moreFollows() {
            return true;
        }
    }

    record Output(String id, @JsonUnwrapped CellOutput.Drawn output) implements WindowMessage {
        @Override public boolean moreFollows() {
            return true;
        }
    }

    /** More of what is printed. @param seq of the output that it belongs to */
    record Print(String id, int seq, String stream, String text) implements WindowMessage {
        @Override public boolean moreFollows() {
            return true;
        }
    }

    /** @param by the window in which it was typed */
    record Edited(String id, String source, int rev, String by) implements WindowMessage { }

    /** A cell is new, or was made another; a window takes one that it knows for its new state. */
    record Added(CellView cell) implements WindowMessage { }

    record Removed(String id) implements WindowMessage { }

    record Kernel(@JsonUnwrapped KernelStatus kernel) implements WindowMessage { }

    record Database(@JsonUnwrapped DatabaseStatus database) implements WindowMessage { }

    record Sessions(List<Session> sessions) implements WindowMessage { }

    /** A connection of the notebook's SQL cells. */
    record Session(String name, String role, int pid, boolean running, String transaction) {
        static List<Session> of(List<SessionState> states) {
            return states.stream().map(state -> new Session(state.name(), state.role().word(), state.pid(), state.running(),
                state.transaction().name().toLowerCase(Locale.ROOT))).toList();
        }
    }

    record Noticed(@JsonUnwrapped Notice notice) implements WindowMessage {
        @Override public String type() {
            return "notice";
        }
    }
}

package browser.notebook.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import kernel.cell.CellResult;

/** What has become of running a cell. */
public enum CellStatus {
    /** Not run since the database was made. */
    IDLE,
    QUEUED, RUNNING, DONE, FAILED, STOPPED,
    /** What ran it has died. */
    LOST;

    /** "running", as the page calls it. */
    @JsonValue public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it runs or waits for its turn. */
    public boolean isBusy() {
        return this == QUEUED || this == RUNNING;
    }

    /** Whether a run has ended so. */
    public boolean isFinal() {
        return !isBusy() && this != IDLE;
    }

    static CellStatus of(CellResult cellResult) {
        return switch (cellResult) {
            case CellResult.Done done -> DONE;
            case CellResult.Failed failed -> FAILED;
            case CellResult.Stopped stopped -> STOPPED;
            case CellResult.Lost lost -> LOST;
        };
    }
}

package browser.notebook;

import java.util.Locale;
import kernel.cell.CellResult;

/** What has become of running a cell. */
enum CellStatus {
    /** Not run since the database was made. */
    IDLE,
    QUEUED, RUNNING, DONE, FAILED, STOPPED,
    /** What ran it has died. */
    LOST;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isBusy() {
        return this == QUEUED || this == RUNNING;
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

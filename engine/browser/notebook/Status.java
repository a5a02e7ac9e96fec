package browser.notebook;

import java.util.Locale;
import kernel.cell.Ending;

/** Where a cell stands. */
enum Status {
    /** Not run since the database was made. */
    IDLE,
    QUEUED, RUNNING, DONE, FAILED, STOPPED,
    /** What ran it has gone. */
    LOST;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isAtWork() {
        return this == QUEUED || this == RUNNING;
    }

    static Status of(Ending ending) {
        return switch (ending) {
            case Ending.Done done -> DONE;
            case Ending.Failed failed -> FAILED;
            case Ending.Stopped stopped -> STOPPED;
            case Ending.Lost lost -> LOST;
        };
    }
}

package browser.notebook;

import java.util.function.BooleanSupplier;
import kernel.cell.Cell;

/** What runs in the process for Java cells, and the page's light for it. Used under the notebook's lock. */
final class ActiveKernel {
    private final SessionStatus status;
    private boolean isJavaRunning;
    private boolean isReplaying;

    ActiveKernel(SessionStatus status) {
        this.status = status;
    }

    boolean runsJava() {
        return isJavaRunning;
    }

    boolean isReplaying() {
        return isReplaying;
    }

    void cellBegan(Cell.Language language) {
        if (language != Cell.Language.SQL) {
            isJavaRunning = language == Cell.Language.JAVA;
            status.kernel(isReplaying ? "replaying" : "busy", "");
        }
    }

    void cellEnded(Cell.Language language, BooleanSupplier isJavaAlive) {
        if (language != Cell.Language.SQL) {
            isJavaRunning = false;
            if (isJavaAlive.getAsBoolean()) {
                status.kernel(isReplaying ? "replaying" : "ready", "");
            }
        }
    }

    /** The process for Java cells has started; a cell may have waited for it. */
    void started() {
        status.kernel(isJavaRunning ? "busy" : "ready", "");
    }

    void stopping() {
        if (isJavaRunning) {
            status.kernel("stopping", "");
        }
    }

    /** Nothing runs any more, because what it ran on is being replaced. */
    void reset() {
        isJavaRunning = false;
        isReplaying = false;
    }

    /** @param anything whether there is a cell to run again */
    void replayBegan(boolean anything) {
        isReplaying = anything;
    }

    void replayEnded(boolean isJavaAlive) {
        isReplaying = false;
        if (isJavaAlive) {
            status.kernel("ready", "");
        }
    }
}

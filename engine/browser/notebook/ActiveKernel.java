package browser.notebook;

import kernel.cell.Cell;

/** What runs where only one cell can: in the process for Java, or at the shell. The page's light for Java shows it. Used under the notebook's lock. */
final class ActiveKernel {
    private final SessionStatus status;
    private boolean isJavaRunning;
    private boolean isReplaying;

    ActiveKernel(SessionStatus tells) {
        this.status = tells;
    }

    boolean runsJava() {
        return isJavaRunning;
    }

    boolean isReplaying() {
        return isReplaying;
    }

    void begins(Cell.Language language) {
        if (language != Cell.Language.SQL) {
            isJavaRunning = language == Cell.Language.JAVA;
            status.kernel(isReplaying ? "replaying" : "busy", "");
        }
    }

    void ends(Cell.Language language, boolean isJavaAlive) {
        if (language != Cell.Language.SQL) {
            isJavaRunning = false;
            if (isJavaAlive) {
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
    void leave() {
        isJavaRunning = false;
        isReplaying = false;
    }

    void replays(boolean anything) {
        isReplaying = anything;
    }

    void replayed(boolean isJavaAlive) {
        isReplaying = false;
        if (isJavaAlive) {
            status.kernel("ready", "");
        }
    }
}

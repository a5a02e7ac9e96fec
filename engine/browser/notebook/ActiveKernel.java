package browser.notebook;

import kernel.cell.Cell;

/** What runs where only one cell can: in the process for Java, or at the shell. The page's light for Java shows it. Used under the notebook's lock. */
final class ActiveKernel {
    private final SessionStatus tells;
    private boolean java;
    private boolean replaying;

    ActiveKernel(SessionStatus tells) {
        this.tells = tells;
    }

    boolean runsJava() {
        return java;
    }

    boolean isReplaying() {
        return replaying;
    }

    void begins(Cell.Language language) {
        if (language != Cell.Language.SQL) {
            java = language == Cell.Language.JAVA;
            tells.kernel(replaying ? "replaying" : "busy", "");
        }
    }

    void ends(Cell.Language language, boolean isJavaAlive) {
        if (language != Cell.Language.SQL) {
            java = false;
            if (isJavaAlive) {
                tells.kernel(replaying ? "replaying" : "ready", "");
            }
        }
    }

    /** The process for Java cells has started; a cell may have waited for it. */
    void started() {
        tells.kernel(java ? "busy" : "ready", "");
    }

    void stopping() {
        if (java) {
            tells.kernel("stopping", "");
        }
    }

    /** Nothing runs any more, because what it ran on is being replaced. */
    void leave() {
        java = false;
        replaying = false;
    }

    void replays(boolean anything) {
        replaying = anything;
    }

    void replayed(boolean isJavaAlive) {
        replaying = false;
        if (isJavaAlive) {
            tells.kernel("ready", "");
        }
    }
}

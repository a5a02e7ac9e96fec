package kernel.jshell;

/** What it took to stop a cell. */
public enum StopOutcome {
    /** Nothing was running. */
    NOTHING,
    /** The snippet ended; variables are as it left them. */
    SNIPPET,
    /** The snippet did not end, so its process was ended: variables are gone. */
    KILLED
}

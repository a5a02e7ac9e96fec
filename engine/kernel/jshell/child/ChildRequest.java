package kernel.jshell.child;

/** What the host asks of its child. The first four are JShell's own. */
public enum ChildRequest {
    LOAD, REDEFINE, INVOKE, TEXT,
    /** A cell begins: its id. What it may print is counted from here. */
    BEGIN,
    /** A cell is over. The answer: how many characters, and how many outputs, were left out. */
    END,
    /** The value of a variable as an output, JSON. */
    SHOW,
    /** Sets a variable to the value of another. The answer: whether it fits. */
    MOVE,
    /** Rows for the next declaration that asks {@link HostPage#rows} for them. */
    ROWS,
    /** What the host has for a class in the child, once, before the first cell. */
    ATTACH,
    /** On the second connection: stops what runs. The answer: whether it still ran then. */
    STOP,
    /** On the second connection, so also while a cell runs: the value of a variable. */
    VALUE
}

package kernel.jshell.child;

/** What the child sends to its host. */
public enum ChildMessage {
    /** The answer to a request: a {@link ReplyStatus}, then what was asked for. */
    ANSWER,
    /** What was printed to System.out, UTF-8. */
    OUT,
    /** What was printed to System.err, UTF-8. */
    ERR,
    /** An output of the cell, JSON. */
    SHOWN
}

package kernel.jshell.child;

/** The first byte of an answer: how a request went. */
public enum ReplyStatus {
    DONE, THREW, UNRESOLVED, STOPPED, TROUBLE, NOT_REDEFINED
}

package kernel.jshell.child;

/** The first byte of an answer: how an order went. */
public enum ReplyStatus {
    DONE, THREW, UNRESOLVED, STOPPED, TROUBLE, NOT_REDEFINED
}

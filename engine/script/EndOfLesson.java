package script;

/** Leaves the lesson's program early, through its try-with-resources: after {@code --only}, or when the learner quits. */
public final class EndOfLesson extends Error {
    public EndOfLesson() {
        super("the lesson ends here", null, false, false);
    }
}

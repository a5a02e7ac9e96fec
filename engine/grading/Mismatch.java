package grading;

/** What a check expected and what it got. Made by {@link Expect}; plain text, because it crosses to another process. */
public final class Mismatch extends AssertionError {
    private final String what;
    private final String expected;
    private final String actual;
    private final String lookAt;

    /** @param lookAt what the learner should look at next; never the answer itself */
    Mismatch(String what, Object expected, Object actual, String lookAt) {
        super(what + ": expected " + Shown.value(expected) + ", got " + Shown.value(actual));
        this.what = what;
        this.expected = Shown.value(expected);
        this.actual = Shown.value(actual);
        this.lookAt = lookAt;
    }

    public String what() {
        return what;
    }

    public String expected() {
        return expected;
    }

    public String actual() {
        return actual;
    }

    public String lookAt() {
        return lookAt;
    }
}

package grading;

import java.util.Optional;

/** What a check expected and what it got. Made by {@link Expect}; plain text, because it crosses to another process. */
public final class Mismatch extends AssertionError {
    private final String what;
    private final String expected;
    private final String actual;
    private final String lookAt;
    private final transient Optional<QueryPlan> plan;

    /** @param lookAt what the learner should look at next; never the answer itself */
    Mismatch(String what, Object expected, Object actual, String lookAt) {
        super(what + ": expected " + DisplayValue.value(expected) + ", got " + DisplayValue.value(actual));
        this.what = what;
        this.expected = DisplayValue.value(expected);
        this.actual = DisplayValue.value(actual);
        this.lookAt = lookAt;
        this.plan = actual instanceof QueryPlan found ? Optional.of(found) : Optional.empty();
    }

    /** What was expected to hold, in words. */
    public String what() {
        return what;
    }

    /** As a learner reads it. */
    public String expected() {
        return expected;
    }

    /** As a learner reads it. */
    public String actual() {
        return actual;
    }

    /** The plan that it got, where it got one. */
    public Optional<QueryPlan> plan() {
        return plan;
    }

    /** Where to look; empty for nowhere in particular. */
    public String lookAt() {
        return lookAt;
    }
}

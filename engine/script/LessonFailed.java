package script;

/** PostgreSQL did something else than the lesson claims. The lesson is wrong, or the server is a different one. */
public final class LessonFailed extends RuntimeException {
    private final String claim;
    private final String actual;

    public LessonFailed(String claim, String actual) {
        super("claimed: " + claim + "; but: " + actual);
        this.claim = claim;
        this.actual = actual;
    }

    /** What the lesson said. */
    public String claim() {
        return claim;
    }

    /** What PostgreSQL did. */
    public String actual() {
        return actual;
    }
}

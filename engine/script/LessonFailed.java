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

    public String claim() {
        return claim;
    }

    public String actual() {
        return actual;
    }
}

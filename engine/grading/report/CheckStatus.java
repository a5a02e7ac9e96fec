package grading.report;

/** How a check ended. A learner's mistake, a timeout and a broken lab are three different things. */
public enum CheckStatus {
    PASSED("✓"),
    FAILED("✗"),
    /** It did not end in time; the answer is to blame. */
    TIMED_OUT("✗"),
    /** Its ground is missing, because a check before it did not pass. */
    SKIPPED("–"),
    /** Nothing can be said about the answer: the lab or the verifier failed. */
    BROKEN("!");

    private final String sign;

    CheckStatus(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }
}

package grading.report;

/** How a check ended. A learner's mistake, a timeout and a broken lab are three different things. */
public enum CheckStatus {
    PASSED("✓"),
    FAILED("✗"),
    /** It did not end in time, because of the answer. */
    TIMED_OUT("✗"),
    /** It did not run, because a check that it needs, or one before it, did not pass. */
    SKIPPED("–"),
    /** Nothing can be said about the answer: the lab or the verifier failed. */
    BROKEN("!");

    private final String sign;

    CheckStatus(String sign) {
        this.sign = sign;
    }

    /** One character, before the check's sentence. */
    public String sign() {
        return sign;
    }
}

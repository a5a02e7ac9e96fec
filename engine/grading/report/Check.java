package grading.report;

import java.time.Duration;

/**
 * One rung of the ladder, and how it ended.
 *
 * @param name     the method of the verifier, or "compiles", "shape", "database"
 * @param sentence what a learner reads
 * @param hint     the number of the hint to offer, 0 for none in particular
 * @param needs    names of the checks it needs, separated by commas; empty for none
 * @param cause    why it did not pass; empty where it did
 * @param output   what the answer printed meanwhile
 */
public record Check(String name, String sentence, int hint, String needs, Status status, Cause cause, String output, Duration took) {

    /** How a check ended. A learner's mistake, a timeout and a broken lab are three different things. */
    public enum Status {
        PASSED("✓"),
        FAILED("✗"),
        /** It did not end in time, because of the answer. */
        TIMED_OUT("✗"),
        /** It did not run, because a check that it needs, or one before it, did not pass. */
        SKIPPED("–"),
        /** Nothing can be said about the answer: the lab or the verifier failed. */
        BROKEN("!");

        private final String sign;

        Status(String sign) {
            this.sign = sign;
        }

        /** One character, before the check's sentence. */
        public String sign() {
            return sign;
        }
    }

    /**
     * @param what     the expectation in words
     * @param expected what should have been
     * @param got      what was
     * @param lookAt   where to look: words, or a place in the answer
     * @param sqlState of the SQL error that caused it, or empty
     * @param seed     of the random data that the check used, or empty
     */
    public record Cause(String what, String expected, Got got, String lookAt, String sqlState, String seed) {
        public static final Cause NONE = new Cause("", "", "", "", "");

        /** Bounds what an answer may have made as long as it likes. */
        public Cause {
            what = Got.bounded(what);
            expected = Got.bounded(expected);
            lookAt = Got.bounded(lookAt);
        }

        public Cause(String what, String expected, String actual, String lookAt, String sqlState) {
            this(what, expected, Got.of(actual), lookAt, sqlState, "");
        }

        /** All of what was. */
        public String actual() {
            return got.text();
        }

        /** The same, and how to have the same random data once more. */
        public Cause withSeed(long number) {
            return new Cause(what, expected, got,
                (lookAt.isEmpty() ? "" : lookAt + "\n") + "seed " + number + ", COURSE_SEED=" + number + " repeats it", sqlState, String.valueOf(number));
        }

        /** All of it as text, as Exercism's "message" has it. */
        public String message() {
            var text = new StringBuilder(what);
            append(text, "expected: ", expected);
            append(text, "got: ", actual());
            append(text, "look at: ", lookAt);
            return text.toString();
        }

        private static void append(StringBuilder text, String label, String value) {
            if (!value.isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n").append(label).append(value);
            }
        }
    }

    /** A check that did not run yet, as the verifier describes it. */
    public static Check planned(String name, String sentence, int hint, String needs) {
        return new Check(name, sentence, hint, needs, Status.SKIPPED, Cause.NONE, "", Duration.ZERO);
    }

    /** A check that no verifier describes: "compiles". */
    public static Check rung(String name, String sentence) {
        return planned(name, sentence, 0, "");
    }

    /** This check, after it has passed. */
    public Check passed(String output, Duration took) {
        return new Check(name, sentence, hint, needs, Status.PASSED, Cause.NONE, output, took);
    }

    /** This check, after it has ended in another way than by passing. */
    public Check ended(Status how, Cause why, String output, Duration took) {
        return new Check(name, sentence, hint, needs, how, why, output, took);
    }

    /** This check, which did not run for that reason. */
    public Check skipped(String reason) {
        return ended(Status.SKIPPED, new Cause(reason, "", "", "", ""), "", Duration.ZERO);
    }

    /** Whether it ran and did not pass. */
    public boolean isBad() {
        return status != Status.PASSED && status != Status.SKIPPED;
    }
}

package browser.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A request that is not carried out, and why: a sentence for a person, and what a page needs to go on. */
public final class Refusal extends RuntimeException {
    private final int status;
    private final transient Object details;

    /** The body of the answer. @param details whose fields stand beside it */
    public record Body(String error, @JsonUnwrapped Object details) { }

    /** No details. */
    private record None() { }

    /** @param status of HTTP */
    public Refusal(int status, String sentence) {
        this(status, sentence, new None());
    }

    /** @param details for the page, such as the text that another window has saved: a record */
    public Refusal(int status, String sentence, Object details) {
        super(sentence, null, false, false);
        this.status = status;
        this.details = details;
    }

    /** @param what "lesson 99-nothing" */
    public static Refusal notFound(String what) {
        return new Refusal(404, "there is no " + what + " here");
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The body of the answer to a command: error, the sentence, and the details. */
    public Body body() {
        return new Body(getMessage(), details);
    }
}

package browser.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is not carried out, and why: a sentence for a person, and what a page needs to go on. */
public final class Refusal extends RuntimeException {
    private final int status;
    private final transient Map<String, Object> details;

    /** @param status of HTTP */
    public Refusal(int status, String sentence) {
        this(status, sentence, Map.of());
    }

    /** @param details for the page, such as the text that another window has saved */
    public Refusal(int status, String sentence, Map<String, Object> details) {
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
    public Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>(details);
        body.put("error", getMessage());
        return body;
    }
}

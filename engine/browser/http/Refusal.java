package browser.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is not done, and why: a sentence for a person, and what a page needs to go on. */
public final class Refusal extends RuntimeException {
    private final int status;
    private final transient Map<String, Object> details;

    public Refusal(int status, String sentence) {
        this(status, sentence, Map.of());
    }

    public Refusal(int status, String sentence, Map<String, Object> more) {
        super(sentence, null, false, false);
        this.status = status;
        this.details = more;
    }

    public static Refusal notFound(String what) {
        return new Refusal(404, "there is no " + what + " here");
    }

    public int status() {
        return status;
    }

    public Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>(details);
        body.put("error", getMessage());
        return body;
    }
}

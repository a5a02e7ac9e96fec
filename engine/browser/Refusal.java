package browser;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is not done, and why: a sentence for a person, and what a page needs to go on. */
final class Refusal extends RuntimeException {
    private final int status;
    private final transient Map<String, Object> more;

    Refusal(int status, String sentence) {
        this(status, sentence, Map.of());
    }

    Refusal(int status, String sentence, Map<String, Object> more) {
        super(sentence, null, false, false);
        this.status = status;
        this.more = more;
    }

    static Refusal notFound(String what) {
        return new Refusal(404, "there is no " + what + " here");
    }

    int status() {
        return status;
    }

    Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>(more);
        body.put("error", getMessage());
        return body;
    }
}

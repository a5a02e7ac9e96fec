package grading;

import java.net.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a program answered.
 *
 * @param request that it answers, "GET /invoices"
 */
public record Reply(String request, int status, HttpHeaders headers, String body) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SHOWN = 300;

    /** Its body. @throws Mismatch where that is no JSON */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new Mismatch(request + ": the body", "JSON", toString(), "What does it write?");
        }
    }

    /** The header; empty text where there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** It has this status. */
    public Reply expect(String what, int expected, String lookAt) {
        Expect.that(what, status == expected, "status " + expected, this, lookAt);
        return this;
    }

    /** "404 {"error": …}", as a learner reads it. */
    @Override public String toString() {
        var shown = body.length() > SHOWN ? body.substring(0, SHOWN) + " …" : body;
        return (status + " " + shown.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ")).strip();
    }
}

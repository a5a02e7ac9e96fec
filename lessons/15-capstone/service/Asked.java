import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What is asked, read and checked. A refusal says which value, but for the IBAN: errors are logged. */
final class Asked {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Asked() { }

    static JsonNode body(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new Refusal(400, "the body is no JSON");
        }
    }

    static String customer(JsonNode body) {
        var customer = text(body, "customer");
        if (customer.isBlank() || customer.length() > 200) {
            throw new Refusal(400, "customer has " + customer.length() + " characters, wanted 1 to 200");
        }
        return customer;
    }

    static String iban(JsonNode body) {
        var iban = text(body, "iban").replace(" ", "");
        if (!iban.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")) {
            throw new Refusal(400, "iban has " + iban.length() + " characters that are no IBAN; it is not repeated here");
        }
        return iban;
    }

    static BigDecimal amount(JsonNode body) {
        var text = text(body, "amount");
        if (!text.matches("[0-9]{1,10}(\\.[0-9]{1,2})?") || new BigDecimal(text).signum() == 0) {
            throw new Refusal(400, "amount is " + text.substring(0, Math.min(20, text.length())) + ", wanted more than 0 with two decimals");
        }
        return new BigDecimal(text).setScale(2);
    }

    private static String text(JsonNode body, String name) {
        var value = body.get(name);
        if (value == null || !value.isString()) {
            throw new Refusal(400, name + " is missing, or no text");
        }
        return value.stringValue();
    }

    static String key(Optional<String> header) {
        return header.filter(key -> key.matches("[\\x21-\\x7e]{1,100}"))
            .orElseThrow(() -> new Refusal(400, "Idempotency-Key with 1 to 100 visible characters, please"));
    }

    static int limit(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 100) {
            throw new Refusal(400, "limit is " + text + ", wanted 1 to 100");
        }
        return Integer.parseInt(text);
    }

    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(404, "there is no such invoice");
        }
    }

    static Optional<String> writtenAt(Optional<String> header) {
        if (header.filter(lsn -> !lsn.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")).isPresent()) {
            throw new Refusal(400, "X-Written-At is not what an answer of this service said");
        }
        return header;
    }
}

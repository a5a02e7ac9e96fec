import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The requests below {@code /invoices} and {@code /summary}. */
final class Api {
    static final ObjectMapper JSON = new ObjectMapper();
    private final Settings settings;
    private final Database primary;
    private final Reads reads;
    private final Summaries summaries;
    private final Sealed sealed;

    Api(Settings settings, Database primary, Reads reads, Summaries summaries) {
        this.settings = settings;
        this.primary = primary;
        this.reads = reads;
        this.summaries = summaries;
        this.sealed = new Sealed(settings.fieldKey());
    }

    /** What is asked, already read from the socket. */
    record Request(String method, String path, Map<String, String> query, String body, Optional<String> authorization,
                   Optional<String> idempotencyKey, Optional<String> writtenAt) { }

    /** What is answered. */
    record Response(int status, String body, Optional<String> writtenAt) { }

    // tag::routes[]
    Response answer(Request request) throws SQLException, InterruptedException {
        var tenant = tenant(request);
        var path = request.path().split("/");
        if (path.length > 2) {
            path[2] = "{id}";
        }
        return switch (request.method() + " " + String.join("/", path)) {
            case "POST /invoices" -> create(tenant, request);
            case "GET /invoices" -> page(tenant, request);
            case "GET /invoices/{id}" -> read(tenant, request, connection -> Invoices.find(connection, id(request)));
            case "POST /invoices/{id}/payments" -> pay(tenant, request, id(request));
            case "GET /summary" -> new Response(200, json(summaries.of(tenant)), Optional.empty());
            default -> throw new Refusal(404, "there is no " + request.method() + " " + request.path());
        };
    }

    private UUID tenant(Request request) {
        return request.authorization().filter(value -> value.startsWith("Bearer "))
            .map(value -> settings.tokens().get(value.substring("Bearer ".length())))
            .orElseThrow(() -> new Refusal(401, "Authorization: Bearer with a token that is known, please"));
    }
    // end::routes[]

    private Response create(UUID tenant, Request request) throws SQLException {
        var body = body(request);
        var id = UUID.randomUUID();
        var iban = text(body, "iban").replace(" ", "");
        if (!iban.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")) {
            throw new Refusal(400, "iban has " + iban.length() + " characters that are no IBAN; it is not repeated here");
        }
        var customer = text(body, "customer");
        if (customer.isBlank() || customer.length() > 200) {
            throw new Refusal(400, "customer has " + customer.length() + " characters, wanted 1 to 200");
        }
        var draft = new Invoices.Draft(id, customer, amount(body), sealed.seal(tenant, id, iban), iban.substring(iban.length() - 4));
        return once(tenant, request, connection -> new Requests.Answer(201, json(Invoices.create(connection, draft))));
    }

    private Response pay(UUID tenant, Request request, UUID invoice) throws SQLException {
        var amount = amount(body(request));
        return once(tenant, request, connection -> new Requests.Answer(201, json(Invoices.pay(connection, invoice, amount))));
    }

    private Response once(UUID tenant, Request request, Database.Work<Requests.Answer> work) throws SQLException {
        var key = request.idempotencyKey().filter(k -> k.matches("[\\x21-\\x7e]{1,100}"))
            .orElseThrow(() -> new Refusal(400, "Idempotency-Key with 1 to 100 visible characters, please"));
        var asked = request.method() + " " + request.path() + "\n" + request.body();
        var written = primary.write(tenant, connection -> Requests.once(connection, key, asked, work));
        summaries.stale(tenant);                       // here at once; other instances are told
        return new Response(written.result().status(), written.result().json(), Optional.of(written.lsn()));
    }

    private Response page(UUID tenant, Request request) throws SQLException {
        var text = request.query().getOrDefault("limit", "20");
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 100) {
            throw new Refusal(400, "limit is " + text + ", wanted 1 to 100");
        }
        var after = Optional.ofNullable(request.query().get("after")).map(Invoices.Cursor::of);
        return read(tenant, request, connection -> Invoices.page(connection, Integer.parseInt(text), after));
    }

    private Response read(UUID tenant, Request request, Database.Work<Map<String, Object>> work) throws SQLException {
        if (request.writtenAt().filter(lsn -> !lsn.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")).isPresent()) {
            throw new Refusal(400, "X-Written-At is not what an answer of this service said");
        }
        return new Response(200, json(reads.read(tenant, request.writtenAt(), work)), Optional.empty());
    }

    private static JsonNode body(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (JacksonException e) {
            throw new Refusal(400, "the body is no JSON");
        }
    }

    private static String text(JsonNode body, String name) {
        var value = body.get(name);
        if (value == null || !value.isString()) {
            throw new Refusal(400, name + " is missing, or no text");
        }
        return value.stringValue();
    }

    private static BigDecimal amount(JsonNode body) {
        var text = text(body, "amount");
        if (!text.matches("[0-9]{1,10}(\\.[0-9]{1,2})?") || new BigDecimal(text).signum() == 0) {
            throw new Refusal(400, "amount is " + text.substring(0, Math.min(20, text.length())) + ", wanted more than 0 with two decimals");
        }
        return new BigDecimal(text).setScale(2);
    }

    private static UUID id(Request request) {
        try {
            return UUID.fromString(request.path().split("/")[2]);
        } catch (IllegalArgumentException e) {
            throw new Refusal(404, "there is no such invoice");
        }
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }
}

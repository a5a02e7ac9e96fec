import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
        var id = path.length > 2 ? path[2] : "";
        if (path.length > 2) {
            path[2] = "{id}";
        }
        return switch (request.method() + " " + String.join("/", path)) {
            case "POST /invoices" -> create(tenant, request);
            case "GET /invoices" -> page(tenant, request);
            case "GET /invoices/{id}" -> read(tenant, request, Invoices.find(Asked.id(id)));
            case "POST /invoices/{id}/payments" -> pay(tenant, request, Asked.id(id));
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
        var body = Asked.body(request.body());
        var id = UUID.randomUUID();
        var iban = Asked.iban(body);
        var draft = new Invoices.Draft(id, Asked.customer(body), Asked.amount(body), sealed.seal(tenant, id, iban), iban.substring(iban.length() - 4));
        return once(tenant, request, connection -> new Requests.Answer(201, json(Invoices.create(connection, draft))));
    }

    private Response pay(UUID tenant, Request request, UUID invoice) throws SQLException {
        var amount = Asked.amount(Asked.body(request.body()));
        return once(tenant, request, connection -> new Requests.Answer(201, json(Invoices.pay(connection, invoice, amount))));
    }

    private Response once(UUID tenant, Request request, Database.Work<Requests.Answer> work) throws SQLException {
        var key = Asked.key(request.idempotencyKey());
        var asked = request.method() + " " + request.path() + "\n" + request.body();
        var written = primary.write(tenant, connection -> Requests.once(connection, key, asked, work));
        summaries.stale(tenant);                       // here at once; other instances are told
        return new Response(written.result().status(), written.result().json(), Optional.of(written.lsn()));
    }

    private Response page(UUID tenant, Request request) throws SQLException {
        int limit = Asked.limit(request.query().getOrDefault("limit", "20"));
        var after = Optional.ofNullable(request.query().get("after")).map(Cursor::of);
        return read(tenant, request, Invoices.page(limit, after));
    }

    private Response read(UUID tenant, Request request, Query<Map<String, Object>> query) throws SQLException {
        return new Response(200, json(reads.read(tenant, Asked.writtenAt(request.writtenAt()), query)), Optional.empty());
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }
}

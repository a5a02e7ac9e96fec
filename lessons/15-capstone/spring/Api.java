import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.*;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.*;
import tools.jackson.databind.json.JsonMapper;

/** The requests, and which failure is which status. */
@RestController
class Api {
    private static final String SHOWN = "id, customer, amount, paid, iban_end, created_at";
    private static final Set<String> BUSY = Set.of("40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300", "25006");
    private final JsonMapper json;
    private final Servers servers;
    private final Summaries summaries;
    private final Sealed sealed;
    private final Map<String, UUID> tokens;

    record Answer(int status, String body) { }

    record Invoice(String id, String customer, String amount, String iban, String state, String createdAt) {
        String cursor() {
            return new Cursor(OffsetDateTime.parse(createdAt), UUID.fromString(id)).text();
        }
    }

    record Page(List<Invoice> items, String next) { }

    record Paid(String paid, String open) { }

    Api(JsonMapper json, Servers servers, Summaries summaries, Sealed sealed, Environment environment) {
        this.json = json;
        this.servers = servers;
        this.summaries = summaries;
        this.sealed = sealed;
        tokens = Arrays.stream(environment.getRequiredProperty("TOKENS").split(",")).map(entry -> entry.strip().split("="))
            .collect(Collectors.toMap(parts -> "Bearer " + parts[0], parts -> UUID.fromString(parts[1])));
    }

    /** Before each request of this class. */
    @ModelAttribute("tenant") UUID tenant(@RequestHeader("Authorization") Optional<String> authorization) {
        return authorization.map(tokens::get).orElseThrow(() -> new Refusal(401, "Authorization: Bearer with a token that is known, please"));
    }

    // tag::create[]
    @PostMapping("/invoices")
    ResponseEntity<String> create(@ModelAttribute(name = "tenant", binding = false) UUID tenant,
            @RequestHeader("Idempotency-Key") Optional<String> key, @RequestBody Optional<String> body) {
        var asked = Asked.body(body.orElse(""));
        var customer = Asked.customer(asked);
        var iban = Asked.iban(asked);
        var amount = Asked.amount(asked);
        var id = UUID.randomUUID();
        return once(tenant, key, "POST /invoices\n" + body.orElse(""), jdbc -> {
            var invoice = jdbc.sql("insert into billing.invoices (id, customer, amount, iban_sealed, iban_end) values (?, ?, ?, ?, ?) returning " + SHOWN)
                .params(id, customer, amount, sealed.seal(tenant, id, iban), iban.substring(iban.length() - 4)).query(Api::shown).single();
            Outbox.add(jdbc, id, "invoice.created", amount.toPlainString());
            return invoice;
        });
    }
    // end::create[]

    @PostMapping("/invoices/{id}/payments")
    ResponseEntity<String> pay(@ModelAttribute(name = "tenant", binding = false) UUID tenant, @PathVariable String id,
            @RequestHeader("Idempotency-Key") Optional<String> key, @RequestBody Optional<String> body) {
        var invoice = Asked.id(id);
        var amount = Asked.amount(Asked.body(body.orElse("")));
        return once(tenant, key, "POST /invoices/" + id + "/payments\n" + body.orElse(""), jdbc -> {
            record Row(BigDecimal paid, BigDecimal open) { }
            var row = jdbc.sql("select paid, amount - paid as open from billing.invoices where id = ? for update").param(invoice)
                .query(Row.class).optional().orElseThrow(() -> new Refusal(404, "there is no invoice " + id));
            if (amount.compareTo(row.open()) > 0) {
                throw new Refusal(409, amount + " is more than the " + row.open() + " that is open");
            }
            jdbc.sql("update billing.invoices set paid = paid + ? where id = ?").params(amount, invoice).update();
            jdbc.sql("insert into billing.payments (amount, invoice) values (?, ?)").params(amount, invoice).update();
            Outbox.add(jdbc, invoice, "invoice.paid", amount.toPlainString());
            return new Paid(row.paid().add(amount).toPlainString(), row.open().subtract(amount).toPlainString());
        });
    }

    // tag::once[]
    /** Lessons 08 and 13: the key is there exactly if the work is done, so a try whose end nobody knows may be made again. */
    private ResponseEntity<String> once(UUID tenant, Optional<String> header, String asked, Function<JdbcClient, Object> work) {
        var key = Asked.key(header);
        var answer = servers.again(() -> servers.primary().as(tenant, jdbc -> {
            if (jdbc.sql("insert into billing.requests (key, body) values (?, sha256(convert_to(?, 'UTF8'))) on conflict do nothing")
                    .params(key, asked).update() == 0) {
                return jdbc.sql("select status, answer as body from billing.requests where key = ? and body = sha256(convert_to(?, 'UTF8'))")
                    .params(key, asked).query(Answer.class).optional()
                    .orElseThrow(() -> new Refusal(422, "Idempotency-Key " + key + " was used for something else; take a new one"));
            }
            var done = new Answer(201, json.writeValueAsString(work.apply(jdbc)));
            jdbc.sql("update billing.requests set status = ?, answer = ? where key = ?").params(done.status(), done.body(), key).update();
            return done;
        }));
        summaries.stale(tenant);                       // here at once; other instances are told
        var written = servers.again(() -> servers.primary().jdbc().sql("select pg_current_wal_lsn()::text").query(String.class).single());
        return ResponseEntity.status(answer.status()).header("X-Written-At", written).contentType(MediaType.APPLICATION_JSON).body(answer.body());
    }
    // end::once[]

    // tag::page[]
    @GetMapping("/invoices")
    Page page(@ModelAttribute(name = "tenant", binding = false) UUID tenant, @RequestHeader("X-Written-At") Optional<String> writtenAt,
            @RequestParam(defaultValue = "20") String limit, @RequestParam Optional<String> after) {
        int count = Asked.limit(limit);
        var from = after.map(Cursor::of).orElse(Cursor.NEWEST);
        var found = servers.read(tenant, Asked.writtenAt(writtenAt), jdbc -> jdbc.sql("select " + SHOWN + " from billing.invoices "
            + "where (created_at, id) < (?, ?) order by created_at desc, id desc limit ?")
            .params(from.createdAt(), from.id(), count + 1).query(Api::shown).list());
        return found.size() <= count ? new Page(found, null) : new Page(found.subList(0, count), found.get(count - 1).cursor());
    }
    // end::page[]

    @GetMapping("/invoices/{id}")
    Invoice one(@ModelAttribute(name = "tenant", binding = false) UUID tenant, @RequestHeader("X-Written-At") Optional<String> writtenAt, @PathVariable String id) {
        var invoice = Asked.id(id);
        return servers.read(tenant, Asked.writtenAt(writtenAt), jdbc -> jdbc.sql("select " + SHOWN + " from billing.invoices where id = ?").param(invoice)
            .query(Api::shown).optional()).orElseThrow(() -> new Refusal(404, "there is no invoice " + id));
    }

    @GetMapping("/summary")
    Summaries.Summary summary(@ModelAttribute(name = "tenant", binding = false) UUID tenant) {
        return summaries.of(tenant);
    }

    @ExceptionHandler ResponseEntity<Map<String, String>> refused(Refusal refusal) {
        return ResponseEntity.status(refusal.status()).body(Map.of("error", refusal.getMessage()));
    }

    // tag::failures[]
    /** Lesson 02: who cannot be served now is told so, and comes back with the same key. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Map<String, String>> failed(Exception failure) {
        var state = Server.sqlState(failure);
        if (failure instanceof TransactionException || state.startsWith("08") || BUSY.contains(state)) {
            return ResponseEntity.status(503).header("Retry-After", "1").body(Map.of("error", "busy, come back with the same key"));
        }
        System.err.println("failed: SQLSTATE " + state); // a message may hold values (lesson 12)
        return ResponseEntity.status(500).body(Map.of("error", "this failed, and we know of it"));
    }
    // end::failures[]

    private static Invoice shown(ResultSet row, int number) throws SQLException {
        return new Invoice(row.getString("id"), row.getString("customer"), row.getBigDecimal("amount").toPlainString(), "…" + row.getString("iban_end"),
            row.getBigDecimal("paid").compareTo(row.getBigDecimal("amount")) == 0 ? "paid" : "open", row.getObject("created_at", OffsetDateTime.class).toString());
    }
}

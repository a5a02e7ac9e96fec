import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import grading.*;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;
import org.junit.jupiter.api.*;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges 15.3 over HTTP, on two instances, with a receiver of its own that fails and hangs when it is told to. */
class ToldAtLeastOnceTest {
    private static final Duration LONG = Duration.ofSeconds(12);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TRIGGER = """
        create function billing.wait_for_the_gate() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(15); return null; end';
        create constraint trigger slow_commit after insert on billing.invoices deferrable initially deferred
          for each row execute function billing.wait_for_the_gate()""";
    /** What a receiver may say in place of 200; one or the other looks like a success. */
    private static final List<Integer> NOT_HEARD = List.of(503, 202, 404, 204);
    private static Receiver receiver;
    private static RunningProgram left;
    private static RunningProgram right;
    private static Optional<Exception> migrationFailed = Optional.empty();

    @BeforeAll static void open(Clone clone, Answer answer, AnswerProgram program) throws Exception {
        receiver = new Receiver();
        try {
            Sql.script(clone.owner(), answer.text("migration.sql"));
        } catch (SQLException e) {
            migrationFailed = Optional.of(e);
        }
        var environment = new HashMap<>(Map.of("JDBC_URL", clone.app().url(), "APP_USER", clone.app().user(), "APP_PASSWORD", clone.app().password(), "POOL_SIZE", "4", "PORT", "0",
            "EVENTS_URL", receiver.url(), "TZ", "Asia/Kathmandu"));
        left = program.start(environment); // whose clock on the wall is ahead of the other one's
        environment.put("TZ", "UTC");
        right = program.start(environment);
    }

    @AfterAll static void close() {
        receiver.close();
    }

    /** One telling of one event. */
    private record Told(String event, long invoice, String customer, String amount, boolean heard) { }

    /** Keeps what it is told; fails, or hangs, for some customers or for all. */
    private static final class Receiver implements AutoCloseable {
        private final List<Told> told = new CopyOnWriteArrayList<>();
        private final List<String> odd = new CopyOnWriteArrayList<>();
        private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
        private final HttpServer server;
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile Optional<CountDownLatch> hanging = Optional.empty();
        private volatile boolean fails;
        private volatile int slow;
        private volatile String refused = "";

        Receiver() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/events", this::take);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
        }

        private void take(HttpExchange exchange) throws IOException {
            try (exchange) {
                var body = new String(exchange.getRequestBody().readAllBytes());
                var event = read(body);
                var hang = hanging;
                var customer = event.path("customer").asString("");
                var heard = hang.isEmpty() && !fails && !(!refused.isEmpty() && customer.startsWith(refused));
                told.add(new Told(event.path("event").asString(""), event.path("invoice").asLong(-1), customer, event.path("amount").asString(""), heard));
                if (hang.isPresent()) {
                    hang(exchange, customer, hang.get());
                    return;
                }
                Thread.sleep(told.size() <= slow ? 300 : 0); // so that two who tell the same meet
                exchange.sendResponseHeaders(heard ? 200 : NOT_HEARD.get(told.size() % NOT_HEARD.size()), -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Without an answer; or, for some customers, with the begin of one, and as long as it lives. */
        private void hang(HttpExchange exchange, String customer, CountDownLatch latch) throws IOException, InterruptedException {
            if (customer.endsWith("5")) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write('o');
                exchange.getResponseBody().flush();
            }
            (customer.endsWith("5") ? end : latch).await(60, TimeUnit.SECONDS);
        }

        private JsonNode read(String body) {
            try {
                var event = JSON.readTree(body);
                if (!event.path("event").asString("").isEmpty() && event.path("invoice").isNumber()) {
                    return event;
                }
            } catch (JacksonException e) {
                // odd as well
            }
            odd.add(body);
            return JSON.createObjectNode();
        }

        List<Told> of(String customer) {
            return told.stream().filter(one -> one.customer().equals(customer)).toList();
        }

        boolean hasHeard(String customer) {
            return of(customer).stream().anyMatch(Told::heard);
        }

        @Override public void close() {
            hanging.ifPresent(CountDownLatch::countDown);
            end.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static Reply store(RunningProgram instance, String customer) throws Exception {
        return instance.send("POST", "/invoices", Map.of(), "{\"customer\": \"" + customer + "\", \"amount\": \"19.99\"}");
    }

    private static long stored(RunningProgram instance, String customer) throws Exception {
        return store(instance, customer).expect("An invoice", 201, "It can be stored.").json().path("id").asLong(-1);
    }

    private static void heard(String what, String... customers) throws Exception {
        Expect.that(what, Task.until(LONG, () -> Stream.of(customers).allMatch(receiver::hasHeard)), "told, and answered with 200",
            Stream.of(customers).filter(customer -> !receiver.hasHeard(customer)).count() + " of " + customers.length + " not told after " + LONG.toSeconds() + " s", "Who still knows that it is to be told?");
    }

    @Test @Promises("told") @DisplayName("an invoice is stored and told")
    void tells(Clone clone) throws Exception {
        Expect.works("migration.sql, run once by the owner", () -> {
            if (migrationFailed.isPresent()) {
                throw migrationFailed.get();
            }
        }, "PostgreSQL says what it does not like.");
        var customer = RandomData.create().word(8);
        var id = stored(left, customer);
        Expect.equal("The invoice in the table", customer + " 19.99", Sql.text(clone.owner(), "select customer || ' ' || amount from billing.invoices where id = ?", id), "What was stored?");
        heard("The invoice that was stored", customer);
        var told = receiver.of(customer).getFirst();
        Expect.equal("What is told of it", id + " " + customer + " 19.99", told.invoice() + " " + told.customer() + " " + told.amount(), "Which invoice is it?");
        Expect.equal("Messages without event and invoice", List.of(), receiver.odd, "What does the receiver read?");
    }

    @Test @Needs("tells") @Promises("only-stored") @DisplayName("what is no JSON, or what PostgreSQL refuses, gets 400 and is not told")
    void refused(Clone clone) throws Exception {
        for (var amount : List.of("-1.00", "0.00", "99999999999999.00")) {
            left.send("POST", "/invoices", Map.of(), "{\"customer\": \"refused\", \"amount\": \"" + amount + "\"}").expect("An invoice of " + amount, 400, "What does PostgreSQL say?");
        }
        for (var body : List.of("an invoice", "{\"customer\": \"refused\", \"amount\":")) {
            left.send("POST", "/invoices", Map.of(), body).expect("What is no JSON: " + body, 400, "Who asks wrongly should hear it.");
        }
        var next = "next" + stored(left, "before");
        stored(left, next);
        heard("An invoice after some that were refused", "before", next);
        Expect.equal("Invoices that were told and refused", List.of(), receiver.of("refused"), "What was told before PostgreSQL had said yes?");
    }

    @Test @Needs("tells") @Hint(1) @Promises("only-stored") @DisplayName("nothing is told before the commit, nor without one")
    void notBefore(Clone clone) throws Exception {
        Sql.execute(clone.owner(), TRIGGER);
        try (var gate = Sql.connect(clone.owner())) {
            Sql.execute(gate, "select pg_advisory_lock(15)");
            var storing = Task.start(() -> left.trySend("POST", "/invoices", Map.of(), "{\"customer\": \"late\", \"amount\": \"1.00\"}"));
            Expect.that("An invoice whose commit takes a while", Task.until(LONG, () -> storing.isDone() || !waiting(clone).isEmpty()) && !waiting(clone).isEmpty(),
                "it waits for its commit", "it does not", "When is the client answered?");
            stored("Events of an invoice that waits for its commit", "late");
            for (var pid : waiting(clone)) {
                Faults.kill(clone, pid);
            }
            Sql.execute(gate, "select pg_advisory_unlock(15)");
            storing.outcome(LONG);
        } finally {
            Sql.execute(clone.owner(), "drop trigger slow_commit on billing.invoices");
        }
        stored(right, "afterwards");
        heard("An invoice afterwards", "afterwards");
        var ids = Sql.query(clone.owner(), "select id from billing.invoices where customer = 'late'").values().stream().map(row -> ((Number) row.getFirst()).longValue()).toList();
        Expect.equal("Invoices told whose commit was ended, and that are not stored", List.of(), receiver.of("late").stream().map(Told::invoice).filter(id -> !ids.contains(id)).toList(),
            "What is told must be there.");
    }

    private static void stored(String what, String customer) {
        Expect.equal(what, List.of(), receiver.of(customer), "Is it stored by then? It may still fail.");
    }

    private static List<Integer> waiting(Clone clone) throws SQLException {
        return Sql.query(clone.observer(), "select pid from pg_stat_activity where usename = 'course_app' and datname = current_database() and wait_event = 'advisory'")
            .values().stream().map(row -> ((Number) row.getFirst()).intValue()).toList();
    }

    @Test @Needs("tells") @Hint(2) @Promises({"told", "nobody-waits", "shared"}) @DisplayName("one that the receiver refuses is told again, as the same event, and holds up no other")
    void again() throws Exception {
        receiver.refused = "refused for now";
        stored(left, "refused for now");
        stored(right, "refused for now, too"); // so that either instance has one
        Expect.that("An invoice that the receiver refuses", Task.until(LONG, () -> receiver.of("refused for now").size() >= 3), "it is told again and again", receiver.of("refused for now").size() + " times",
            "An answer that is not 200 is none.");
        var others = IntStream.range(0, 6).mapToObj(i -> "another " + i).toArray(String[]::new);
        for (int i = 0; i < others.length; i++) {
            stored(i % 2 == 0 ? left : right, others[i]);
        }
        heard("Invoices beside one that is refused again and again", others);
        receiver.refused = "";
        heard("Invoices that were refused for a while", "refused for now", "refused for now, too");
        Expect.equal("Events of an invoice that was told several times", 1L, receiver.of("refused for now").stream().map(Told::event).distinct().count(), "How does the receiver know that it has heard it already?");
    }

    @Test @Needs("tells") @Hint(1) @Promises({"told", "nobody-waits"}) @DisplayName("a client is answered while the receiver hangs, and the invoice is told when it is back")
    void hangs() throws Exception {
        var latch = new CountDownLatch(1);
        var customers = IntStream.range(0, 24).mapToObj(i -> "hanging " + i).toArray(String[]::new);
        receiver.hanging = Optional.of(latch);
        try {
            for (int i = 0; i < 16; i++) {
                var customer = customers[i];
                var instance = i % 2 == 0 ? left : right;
                Expect.within("An invoice while the receiver hangs", Duration.ofSeconds(5), () -> stored(instance, customer), "Who waits for the receiver?");
            }
            Task.until(LONG, () -> hanging() >= 2);
            Thread.sleep(400); // until all that tell are at it
            Expect.within("Eight invoices, one after another, while the receiver hangs and sixteen are to be told", Duration.ofSeconds(4), () -> {
                for (int i = 16; i < customers.length; i++) {
                    stored(i % 2 == 0 ? left : right, customers[i]);
                }
                return customers;
            }, "What do those who tell hold meanwhile, and who else wants it?");
            Expect.that("A receiver that hangs", Task.until(LONG, () -> hanging() > 2), "it is asked again", "it is not", "How long is an answer waited for?");
        } finally {
            receiver.hanging = Optional.empty();
            latch.countDown();
        }
        heard("Invoices of when the receiver hung", customers);
    }

    private static long hanging() {
        return receiver.told.stream().filter(one -> one.customer().startsWith("hanging")).count();
    }

    @Test @Needs({"again", "hangs"}) @Hint(2) @Promises("shared") @DisplayName("two instances share the work, and each invoice is told once")
    void shared() throws Exception {
        receiver.slow = receiver.told.size() + 6;
        var customers = IntStream.range(0, 24).mapToObj(i -> "shared " + i).toArray(String[]::new);
        Task.race(LONG, IntStream.range(0, 24).mapToObj(i -> (Callable<Long>) () -> stored(i % 2 == 0 ? left : right, customers[i])).toList());
        heard("Invoices that two instances have stored", customers);
        stored(left, "the last of all");
        heard("One more", "the last of all");
        var twice = Stream.of(customers).filter(customer -> receiver.of(customer).size() > 1).count();
        Expect.equal("Invoices that were told more than once, of 24, while nobody failed", 0L, twice, "Who has taken this one already?");
        Expect.equal("Events of 24 invoices", 24L, Stream.of(customers).flatMap(customer -> receiver.of(customer).stream()).map(Told::event).distinct().count(), "What does an event's id stand for?");
    }

    @Test @Needs({"again", "hangs"}) @Hint(1) @Promises("told") @DisplayName("what an instance that is killed has not told, the other one tells")
    void killed() throws Exception {
        receiver.fails = true;
        var customers = IntStream.range(0, 5).mapToObj(i -> "left behind " + i).toArray(String[]::new);
        for (var customer : customers) {
            stored(left, customer);
        }
        left.kill();
        receiver.fails = false;
        heard("Invoices of an instance that was killed right after its answers", customers);
    }
}

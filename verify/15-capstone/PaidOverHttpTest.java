import grading.*;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.stream.*;
import org.junit.jupiter.api.*;

/** Judges 15.2 over HTTP, on two instances, one of which is killed in the end, while sessions of them are ended and locks are held. */
class PaidOverHttpTest {
    private static final Duration LONG = Duration.ofSeconds(12);
    private static RunningProgram left;
    private static RunningProgram right;
    private static Optional<Exception> migrationFailed = Optional.empty();

    @BeforeAll static void open(Clone clone, Answer answer, AnswerProgram program) throws Exception {
        try {
            Sql.script(clone.owner(), answer.text("migration.sql"));
        } catch (SQLException e) {
            migrationFailed = Optional.of(e);
        }
        var environment = Map.of("JDBC_URL", clone.app().url(), "APP_USER", clone.app().user(), "APP_PASSWORD", clone.app().password(), "POOL_SIZE", "4", "PORT", "0");
        left = program.start(environment);
        right = program.start(environment);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    /** A payment of this body, {"7": "5.00"}. */
    private static String body(Object... invoicesAndAmounts) {
        return IntStream.range(0, invoicesAndAmounts.length / 2).mapToObj(i -> "\"" + invoicesAndAmounts[2 * i] + "\": \"" + invoicesAndAmounts[2 * i + 1] + "\"")
            .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Reply pay(RunningProgram instance, String key, String body) throws Exception {
        return instance.send("POST", "/payments", Map.of("Idempotency-Key", key), body);
    }

    private static void paid(Clone clone, String what, int invoice, String... amounts) throws Exception {
        var sum = Stream.of(amounts).map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        Expect.equal("Payments of invoice " + invoice + " " + what, List.of(amounts),
            Sql.query(clone.owner(), "select amount::text from billing.payments where invoice = ? order by id", invoice).values().stream().map(row -> row.getFirst().toString()).toList(),
            "Which transaction has paid what?");
        Expect.equal("What is open of invoice " + invoice + " " + what, new BigDecimal("100.00").subtract(sum).toPlainString(),
            Sql.text(clone.owner(), "select open::text from billing.invoices where id = ?", invoice), "Is the payment a row, and what it leaves open?");
    }

    private static void says(String what, Map<String, String> expected, Reply reply) {
        reply.expect(what, 201, "It can be paid.");
        var found = new TreeMap<String, String>();
        reply.json().properties().forEach(entry -> found.put(entry.getKey(), entry.getValue().asString("")));
        Expect.equal(what + ": what is still open", new TreeMap<>(expected), found, "What was open, and what was paid?");
    }

    @Test @Promises("never-too-much") @DisplayName("a payment settles its invoices")
    void pays(Clone clone) throws Exception {
        Expect.works("migration.sql, run once by the owner", () -> {
            if (migrationFailed.isPresent()) {
                throw migrationFailed.get();
            }
        }, "PostgreSQL says what it does not like.");
        says("A payment of two invoices", Map.of("1", "95.00", "2", "96.50"), pay(left, key(), body(1, "5.00", 2, "3.50")));
        says("A payment of all that is open", Map.of("1", "0.00"), pay(right, key(), body(1, "95.00")));
        paid(clone, "after two payments", 1, "5.00", "95.00");
        paid(clone, "after a payment", 2, "3.50");
    }

    @Test @Needs("pays") @Hint(1) @Promises("once") @DisplayName("a key is paid once, and answered alike")
    void once(Clone clone) throws Exception {
        var key = key();
        var first = pay(left, key, body(3, "5.00", 4, "1.00")).expect("A payment", 201, "It can be paid.");
        pay(left, key(), body(3, "10.00")).expect("A payment of another key", 201, "It can be paid.");
        for (var instance : List.of(left, right)) {
            for (var body : List.of(body(3, "5.00", 4, "1.00"), body(4, "1.00", 3, "5.00"))) {
                var again = pay(instance, key, body).expect("The same payment once more", 201, "The client has not heard the first answer.");
                Expect.equal("The answer to the same payment once more", first.json(), again.json(), "What was open at that moment, the first time?");
            }
        }
        paid(clone, "after one payment that was sent five times, and another one", 3, "5.00", "10.00");
        paid(clone, "after one payment that was sent five times", 4, "1.00");
    }

    @Test @Needs("once") @Promises("once") @DisplayName("a key may be long")
    void longKey(Clone clone) throws Exception {
        var key = "of-a-client-with-long-keys-".repeat(6) + key();
        for (int i = 0; i < 2; i++) {
            pay(left, key, body(27, "5.00")).expect("A payment with a key of " + key.length() + " characters", 201, "Who says how long a key may be?");
        }
        paid(clone, "after one payment that was sent twice", 27, "5.00");
    }

    @Test @Needs("once") @Hint(1) @Promises("once") @DisplayName("a key stands for one payment")
    void another(Clone clone) throws Exception {
        var key = key();
        pay(left, key, body(5, "5.00")).expect("A payment", 201, "It can be paid.");
        for (var body : List.of(body(5, "6.00"), body(6, "5.00"), body(5, "5.00", 6, "5.00"), body(4711, "5.00"))) {
            pay(right, key, body).expect("The key of one payment with another one", 422, "What does the key stand for?");
        }
        var both = key();
        pay(left, both, body(25, "5.00", 26, "3.00")).expect("A payment of two invoices", 201, "It can be paid.");
        for (var body : List.of(body(25, "5.00"), body(26, "3.00"), body(25, "3.00", 26, "5.00"))) {
            pay(right, both, body).expect("The key of a payment of two invoices with another one", 422, "What does the key stand for?");
        }
        paid(clone, "after that", 25, "5.00");
        paid(clone, "after that", 26, "3.00");
        paid(clone, "after that", 5, "5.00");
        paid(clone, "after that", 6);
    }

    @Test @Needs("pays") @Hint(1) @Promises("refused") @DisplayName("what cannot be paid is refused, and nothing is paid")
    void refuses(Clone clone) throws Exception {
        for (var body : List.of("", "pay", "[]", "{}", body(8, "x"), body(8, ""), body(8, "-1.00"), body(8, "0.00"), body(8, "1.001"), body(7, "1.00", 8, "-1.00"))) {
            pay(left, key(), body).expect("A payment of " + (body.isEmpty() ? "an empty body" : body), 400, "What may be paid?");
        }
        var unnamed = pay(left, key(), body("x", "1.00"));
        Expect.that("A payment of invoice x", unnamed.status() == 400 || unnamed.status() == 404, "status 400, or 404", unnamed, "What may be paid?");
        left.send("POST", "/payments", Map.of(), body(7, "1.00")).expect("A payment without a key", 400, "How would you know it, the second time?");
        pay(left, key(), body(7, "1.00", 4711, "1.00")).expect("A payment with an invoice that is not there", 404, "Which one should be paid?");
        pay(left, key(), body(4711, "1.00")).expect("A payment of an invoice that is not there", 404, "Which one should be paid?");
        paid(clone, "after payments that were refused", 7);
        paid(clone, "after payments that were refused", 8);
    }

    @Test @Needs("pays") @Hint(2) @Promises("never-too-much") @DisplayName("no more is paid than is open, and all of a payment or nothing")
    void tooMuch(Clone clone) throws Exception {
        for (var amount : List.of("100.01", "10000000000.00")) {
            pay(left, key(), body(9, amount)).expect("A payment of " + amount + ", which is more than is open", 409, "How much is open?");
        }
        pay(left, key(), body(10, "1.00", 11, "100.01", 12, "1.00")).expect("A payment of three invoices, of one too much", 409, "How much is open of each?");
        for (var invoice : List.of(9, 10, 11, 12)) {
            paid(clone, "after a payment that was refused", invoice);
        }
        var racers = IntStream.range(0, 16).mapToObj(i -> (Callable<Integer>) () -> pay(i % 2 == 0 ? left : right, key(), body(13, "10.00")).status()).toList();
        var statuses = Task.race(LONG, racers).stream().map(Object::toString).sorted().toList();
        Expect.equal("16 payments of 10.00 at once, where 100.00 is open", Stream.concat(Collections.nCopies(10, "201").stream(), Collections.nCopies(6, "409").stream()).toList(), statuses,
            "Between the look at what is open and the payment, who else has looked?");
        var sessions = Sql.number(clone.observer(), "select count(*) from pg_stat_activity where datname = current_database() and usename = 'course_app'");
        Expect.that("Sessions of two instances, started with POOL_SIZE=4", sessions <= 8, "eight at most", sessions, "Who says how many there may be?");
        paid(clone, "after 16 payments at once", 13, Collections.nCopies(10, "10.00").toArray(String[]::new));
    }

    @Test @Needs("once") @Hint(1) @Promises("once") @DisplayName("the same key many times at once is paid once")
    void atOnce(Clone clone) throws Exception {
        var key = key();
        var racers = IntStream.range(0, 12).mapToObj(i -> (Callable<String>) () -> pay(i % 2 == 0 ? left : right, key, body(14, "7.00")).toString()).toList();
        Task<List<Task.Outcome<String>>> race;
        try (var holder = holding(clone, 14)) { // until several have looked, and wait for one another
            race = Task.start(() -> Task.race(LONG, racers));
            Task.until(LONG, () -> waiting(clone).size() >= 2);
            holder.rollback();
        }
        var answers = raced(race).stream().map(Object::toString).distinct().toList();
        Expect.that("The same payment, twelve times at once to two instances", answers.size() == 1 && answers.getFirst().startsWith("201"), "one answer, with status 201", answers,
            "The first one is still on its way when the others look.");
        paid(clone, "after the same payment twelve times at once", 14, "7.00");
    }

    private static List<Task.Outcome<String>> raced(Task<List<Task.Outcome<String>>> race) throws Exception {
        if (race.outcome(LONG) instanceof Task.Outcome.Value<List<Task.Outcome<String>>>(var outcomes)) {
            return outcomes;
        }
        throw new IllegalStateException("the race did not end: " + race.outcome(LONG));
    }

    /** Sessions of the service that wait for a lock. */
    private static List<Integer> waiting(Clone clone) throws SQLException {
        return Sql.query(clone.observer(), "select pid from pg_stat_activity where usename = 'course_app' and datname = current_database() and wait_event_type = 'Lock'")
            .values().stream().map(row -> ((Number) row.getFirst()).intValue()).toList();
    }

    private static Connection holding(Clone clone, int invoice) throws SQLException {
        var connection = Sql.connect(clone.owner());
        connection.setAutoCommit(false);
        Sql.execute(connection, "select from billing.invoices where id = " + invoice + " for update");
        return connection;
    }

    private static void goesOn(String what, Task<Reply> payment) throws Exception {
        var outcome = payment.outcome(LONG);
        Expect.that(what, outcome instanceof Task.Outcome.Value<Reply>(var reply) && reply.status() == 201, "status 201", outcome, "Is it worth another try, and does another try harm?");
    }

    private static void waits(Clone clone, String what, Task<?> payment) throws Exception {
        Expect.that(what, Task.until(LONG, () -> payment.isDone() || !waiting(clone).isEmpty()) && !payment.isDone(), "it waits for the invoice, which is locked", "it has ended",
            "Another transaction has not decided yet what is open.");
    }

    @Test @Needs("once") @Hint(2) @Promises("goes-on") @DisplayName("a payment whose session is ended is paid all the same, once")
    void ended(Clone clone) throws Exception {
        try (var holder = holding(clone, 16)) {
            var payment = Task.start(() -> pay(left, key(), body(15, "2.00", 16, "3.00")));
            for (int times = 0; times < 2; times++) {
                Task.until(LONG, () -> payment.isDone() || !waiting(clone).isEmpty());
                if (times > 0 && payment.isDone()) {
                    goesOn("A payment whose session was ended by an administrator", payment);
                }
                waits(clone, "A payment of an invoice that somebody else has locked", payment);
                for (var pid : waiting(clone)) {
                    Faults.kill(clone, pid);
                }
            }
            holder.rollback();
            goesOn("A payment whose session was ended by an administrator, twice", payment);
        }
        paid(clone, "after a payment whose session was ended", 15, "2.00");
        paid(clone, "after a payment whose session was ended", 16, "3.00");
    }

    @Test @Needs("once") @Hint(2) @Promises("goes-on") @DisplayName("a payment that crosses others is paid all the same")
    void crossing(Clone clone) throws Exception {
        for (int i = 0; i < 2; i++) {
            for (int payments = 1; !crossed(clone, 17 + 2 * i, 18 + 2 * i, i == 0, payments) && payments < 5; payments++) {
                // PostgreSQL gave up the verifier's own transaction: once more
            }
        }
        var racers = IntStream.range(0, 20).mapToObj(i -> (Callable<Integer>) () ->
            pay(i % 2 == 0 ? left : right, key(), i % 2 == 0 ? body(21, "1.00", 22, "1.00") : body(22, "1.00", 21, "1.00")).status()).toList();
        Expect.equal("20 payments of the same two invoices at once, in both orders", List.of("201"), Task.race(LONG, racers).stream().map(Object::toString).distinct().toList(),
            "Who waits for whom?");
    }

    /** Somebody else has locked one of two invoices, and wants the other one as soon as the payment has it; and gets it, where this is true. */
    private static boolean crossed(Clone clone, int low, int high, boolean holdsHigh, int payments) throws Exception {
        var got = true;
        try (var holder = holding(clone, holdsHigh ? high : low)) {
            var payment = Task.start(() -> pay(right, key(), body(low, "1.00", high, "1.00")));
            waits(clone, "A payment of two invoices, of which somebody else has locked one", payment);
            try {
                Sql.execute(holder, "select from billing.invoices where id = " + (holdsHigh ? low : high) + " for update");
            } catch (SQLException e) {
                got = false;
            }
            holder.rollback();
            goesOn("A payment that waited in a circle with somebody else", payment);
        }
        var amounts = Collections.nCopies(payments, "1.00").toArray(String[]::new);
        paid(clone, "after a payment that waited in a circle", low, amounts);
        paid(clone, "after a payment that waited in a circle", high, amounts);
        return got;
    }

    @Test @Needs({"atOnce", "refuses"}) @Hint(1) @Promises({"once", "goes-on"}) @DisplayName("what one instance leaves behind when it dies, the other one pays")
    void dies(Clone clone) throws Exception {
        var key = key();
        var heard = pay(left, key, body(23, "4.00")).expect("A payment", 201, "It can be paid.");
        var unheard = key();
        try (var holder = holding(clone, 24)) {
            var payment = Task.start(() -> left.trySend("POST", "/payments", Map.of("Idempotency-Key", unheard), body(24, "5.00")));
            waits(clone, "A payment of an invoice that somebody else has locked", payment);
            left.kill();
            holder.rollback();
        }
        var again = pay(right, unheard, body(24, "5.00"));
        says("A payment whose instance was killed, sent to the other one", Map.of("24", "95.00"), again);
        paid(clone, "after a payment whose instance was killed, sent to the other one", 24, "5.00");
        Expect.equal("The answer to a payment that was heard before its instance was killed", heard.json(), pay(right, key, body(23, "4.00")).json(), "Where is the answer kept?");
    }
}

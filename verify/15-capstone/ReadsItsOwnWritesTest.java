import grading.*;
import java.sql.SQLException;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.*;
import lab.Login;
import lab.cluster.OwnCluster;
import lab.cluster.OwnClusters;
import org.junit.jupiter.api.*;

/** Judges 15.4 over HTTP, on a primary that logs what it is asked, and a standby whose replay is paused, and which is stopped. */
class ReadsItsOwnWritesTest {
    private static final Duration LONG = Duration.ofSeconds(12);
    private static final Duration BOUND = Duration.ofMillis(2500);
    private static final Pattern QUERY = Pattern.compile("(?i)\\b(select|with|table|show|insert|update|delete|call|do)\\b");
    private static String unfit = "";
    private static OwnClusters clusters;
    private static OwnCluster first;
    private static OwnCluster second;
    private static Login primary;
    private static Login standby;
    private static AnswerProgram program;
    private static RunningProgram left;
    private static RunningProgram right;

    @BeforeAll static void open(PostgresPrograms programs, AnswerProgram answer) throws Exception {
        unfit = programs.reasonUnavailable();
        if (unfit.isEmpty()) {
            program = answer;
            clusters = programs.clusters();
            first = clusters.create("primary");
            first.set(Map.of("autovacuum", "off", "checkpoint_timeout", "1h"));
            first.start();
            primary = first.admin();
            Sql.script(primary, """
                create schema billing;
                create table billing.invoices (id bigint primary key, customer text not null, amount numeric(12,2) not null);
                create table billing.ticks (n int);
                create role course_app login password 'app';
                alter role course_app set log_statement = 'all';
                grant usage on schema billing to course_app;
                grant select, insert, update, delete on billing.invoices to course_app""");
            second = clusters.standby(first, "standby");
            second.start();
            standby = second.admin();
            left = start();
            caughtUp();
        }
    }

    @AfterAll static void close() {
        if (clusters != null) {
            clusters.close();
        }
    }

    @BeforeEach void notHere() {
        Assumptions.assumeTrue(unfit.isEmpty(), unfit);
    }

    private static RunningProgram start() {
        return program.start(Map.of("JDBC_URL", primary.url(), "READ_JDBC_URL", standby.url(), "APP_USER", "course_app", "APP_PASSWORD", "app", "POOL_SIZE", "4", "PORT", "0"));
    }

    /** What an invoice of this customer is about. */
    private static String amount(String customer) {
        return Math.floorMod(customer.hashCode(), 9000) + ".25";
    }

    /** @return its X-Written-At */
    private static String store(RunningProgram instance, int id, String customer) throws Exception {
        var reply = instance.send("PUT", "/invoices/" + id, Map.of(), "{\"customer\": \"" + customer + "\", \"amount\": \"" + amount(customer) + "\"}").expect("A write", 200, "The primary is there.");
        return reply.header("X-Written-At");
    }

    /** @return the customer; empty where there is no such invoice */
    private static String read(RunningProgram instance, String what, int id, String writtenAt) throws Exception {
        instance.port(); // whose start is not the read's
        var reply = Expect.within(what, BOUND, () -> instance.get("/invoices/" + id, writtenAt.isEmpty() ? Map.of() : Map.of("X-Written-At", writtenAt)), "Which server could answer at that moment?");
        if (reply.status() == 404) {
            return "";
        }
        var found = reply.expect(what, 200, "Which server could answer at that moment?").json();
        Expect.equal(what + ": id and amount", id + " " + amount(found.path("customer").asString("")), found.path("id").asLong(-1) + " " + found.path("amount").asString(""), "What was stored?");
        return found.path("customer").asString("");
    }

    private static void caughtUp() throws Exception {
        var end = Sql.text(primary, "select pg_current_wal_lsn()::text");
        authors("The verifier's standby follows", () -> Sql.text(standby, "select coalesce(pg_last_wal_replay_lsn() >= ?::pg_lsn, false)::text", end).equals("true"));
    }

    private static void authors(String what, Task.Condition condition) throws Exception {
        Expect.that(what, Task.until(LONG, condition), "so within " + LONG.toSeconds() + " seconds", "not so", "This is not your fault; please tell the authors.");
    }

    /** Work while the standby replays nothing. */
    private static void paused(Expect.Work work) throws Exception {
        caughtUp();
        Sql.execute(standby, "select pg_wal_replay_pause()");
        authors("The verifier's pause", () -> Sql.text(standby, "select pg_get_wal_replay_pause_state()").equals("paused"));
        try {
            work.run();
        } finally {
            Sql.execute(standby, "select pg_wal_replay_resume()");
        }
    }

    /** What the service has asked the primary, as that has logged it. */
    private static long asked() {
        return first.log("statement: ", " execute ").stream().filter(line -> QUERY.matcher(line).find()).count();
    }

    private static void nothingAsked(String what, long before, String lookAt) {
        Expect.equal("Queries on the primary, for " + what, 0L, asked() - before, lookAt);
    }

    @Test @Promises("own-writes") @DisplayName("a write says where it is in the WAL, and is read when the standby has it")
    void writes() throws Exception {
        var random = RandomData.create();
        for (int i = 0; i < 5; i++) {
            var customer = random.word(12);
            var writtenAt = store(left, 1 + i % 2, customer);
            Expect.that("The header X-Written-At of a write", writtenAt.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}"), "a position in the WAL", writtenAt.isEmpty() ? "none" : writtenAt, "What does the reader bring back?");
            caughtUp();
            Expect.equal("An invoice, read when the standby has it", customer, read(left, "A read", 1 + i % 2, writtenAt), "Both servers have it by then.");
        }
        Expect.equal("An invoice that was never stored", "", read(left, "A read of what is not there", 4711, ""), "It gets 404.");
    }

    @Test @Needs("writes") @Hint(1) @Promises({"own-writes", "in-time"}) @DisplayName("what was written is read in time, when the standby stands still")
    void standsStill() throws Exception {
        var before = RandomData.create().word(12);
        store(left, 11, before);
        paused(() -> {
            var added = store(left, 12, "added");
            var changed = store(left, 11, "changed");
            var reads = List.<Callable<String>>of(() -> read(left, "A read in the pause", 12, added), () -> read(left, "A read in the pause", 11, changed),
                () -> read(left, "A read in the pause", 12, changed), () -> read(left, "A read in the pause", 11, "1/0"));
            var expected = List.of("added", "changed", "added", "changed");
            var found = Task.race(LONG, reads);
            for (int i = 0; i < reads.size(); i++) {
                if (found.get(i) instanceof Task.Outcome.Value<String>(var customer)) {
                    Expect.equal(List.of("An invoice that was added", "An invoice that was changed", "The first of two invoices, read with the header of the second",
                        "An invoice, read with a position that no server has reached").get(i) + ", while replay is paused", expected.get(i), customer, "Where is it, and where not yet?");
                } else {
                    Expect.that("A read while replay is paused", false, expected.get(i), found.get(i), "Which server could answer at that moment?");
                }
            }
        });
        for (var server : List.of(primary, standby)) {
            var sessions = Sql.number(server, "select count(*) from pg_stat_activity where usename = 'course_app'");
            Expect.that("Sessions on the " + (server == primary ? "primary" : "standby") + ", with POOL_SIZE=4", sessions <= 4, "four at most", sessions, "Who says how many there may be?");
        }
    }

    @Test @Needs("standsStill") @Hint(1) @Promises("on-the-standby") @DisplayName("the primary is asked nothing where the standby can answer")
    void onTheStandby() throws Exception {
        var earlier = store(left, 21, "old");
        paused(() -> {
            store(left, 21, "new");
            store(left, 22, "new");
            var before = asked();
            for (var writtenAt : List.of("", earlier, "0/FFFF")) {
                var what = writtenAt.isEmpty() ? "without a header" : "with X-Written-At: " + writtenAt + ", which the standby has replayed";
                Expect.equal("An invoice, read " + what + " while others write", "old", read(left, "A read in the pause", 21, writtenAt), "Is the question how far behind it is, or whether it has what this reader wrote?");
                Expect.equal("A new invoice of others, read " + what, "", read(left, "A read in the pause", 22, writtenAt), "Whoever has written nothing misses nothing. The standby answers 404.");
            }
            nothingAsked("reads that the standby could answer although it is behind", before, "What does it take to know that the standby can answer?");
        });
    }

    @Test @Needs("onTheStandby") @Hint(2) @Promises("on-the-standby") @DisplayName("a standby that follows at once is waited for")
    void waitedFor() throws Exception {
        var least = Long.MAX_VALUE; // this machine may be slow, once in a while
        for (int i = 0; i < 4 && least > 0; i++) {
            var read = new ArrayList<Task<String>>();
            var before = new long[1];
            paused(() -> {
                var writtenAt = store(left, 31, "new");
                before[0] = asked();
                read.add(Task.start(() -> read(left, "A read just before the standby follows", 31, writtenAt)));
                Thread.sleep(100);
            });
            Expect.equal("An invoice, read just before the standby follows", new Task.Outcome.Value<>("new"), read.getFirst().outcome(LONG), "Who has it?");
            least = Math.min(least, asked() - before[0]);
        }
        Expect.equal("Queries on the primary, for a read a tenth of a second before the standby has it", 0L, least, "Who has more to do: a reader that waits, or the primary?");
    }

    @Test @Needs("onTheStandby") @Hint(2) @Promises("own-writes") @DisplayName("the position is one after the commit, also where that takes a while")
    void slowCommit() throws Exception {
        store(left, 41, "before");
        Sql.execute(primary, """
            create function billing.wait_for_the_gate() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(15); return null; end';
            create constraint trigger slow_commit after insert or update on billing.invoices deferrable initially deferred
              for each row execute function billing.wait_for_the_gate()""");
        try (var gate = Sql.connect(primary)) {
            Sql.execute(gate, "select pg_advisory_lock(15)");
            var write = Task.start(() -> store(left, 41, "after"));
            authors("The write that waits at its commit", () -> Sql.number(primary, "select count(*) from pg_locks where locktype = 'advisory' and not granted") == 1);
            Sql.execute(primary, "insert into billing.ticks values (1)"); // what the write has written so far goes to the standby
            paused(() -> {
                Sql.execute(gate, "select pg_advisory_unlock(15)");
                var outcome = write.outcome(LONG);
                if (outcome instanceof Task.Outcome.Value<String>(var writtenAt)) {
                    Expect.equal("An invoice, when the standby has replayed all but the commit", "after", read(left, "A read in the pause", 41, writtenAt),
                        "From which moment on can the standby show it? Where was the WAL then?");
                } else {
                    Expect.that("A write whose commit takes a while", false, "status 200", outcome, "The commit may wait for a trigger.");
                }
            });
        } finally {
            Sql.execute(primary, "drop trigger slow_commit on billing.invoices; drop function billing.wait_for_the_gate()");
        }
    }

    @Test @Needs("standsStill") @Promises("refuses") @DisplayName("a header that is no position is refused")
    void refuses() throws Exception {
        for (var header : List.of("x", "0", "0/", "/1", "1/2/3", "0/G", "-1/0", "0/123456789", "123456789/0", "0 /1", "0/1'", "2026-01-01")) {
            left.get("/invoices/1", Map.of("X-Written-At", header)).expect("A read with X-Written-At: " + header, 400, "Is that a position?");
        }
        read(left, "A read with the greatest of all positions", 1, "FFFFFFFF/FFFFFFFF");
    }

    @Test @Needs({"writes", "onTheStandby"}) @Hint(2) @Promises({"in-time", "refuses"}) @DisplayName("there is an answer in time, also when the standby is gone; when it is back, it is asked again")
    void gone() throws Exception {
        var writtenAt = store(left, 51, "kept");
        caughtUp();
        second.kill();
        try {
            readFourTimes(left, "", writtenAt);
            for (int tries = 3; right == null; tries--) { // this machine may be slow, once in a while
                try {
                    readFourTimes(start(), ", by an instance that was started meanwhile", writtenAt);
                    right = start();
                } catch (Mismatch late) {
                    if (tries == 1) {
                        throw late;
                    }
                }
            }
            store(right, 51, "without the standby");
        } finally {
            second.start();
        }
        caughtUp();
        for (var instance : List.of(left, right)) {
            Expect.that("A read when the standby is back", Task.until(LONG, () -> {
                var before = asked();
                return read(instance, "A read when the standby is back", 51, "").equals("without the standby") && asked() == before;
            }), "the primary is asked nothing", "it is asked, after " + LONG.toSeconds() + " s", "Who looks whether it is there again?");
        }
    }

    private static void readFourTimes(RunningProgram instance, String who, String writtenAt) throws Exception {
        instance.get("/invoices/51", Map.of("X-Written-At", "x")).expect("A read with X-Written-At: x, without the standby" + who, 400, "Is that a position?");
        var reads = Stream.of("", writtenAt, "", writtenAt).map(header -> (Callable<String>) () -> read(instance, "A read without the standby", 51, header)).toList();
        Expect.equal("An invoice, read four times at once when the standby cannot be reached" + who, Set.of(new Task.Outcome.Value<>("kept")), Set.copyOf(Task.race(LONG, reads)), "Who else has it?");
    }

    @Test @Needs("gone") @Promises("own-writes") @DisplayName("what one instance has written, another one reads")
    void another() throws Exception {
        store(right, 61, "before");
        paused(() -> {
            var writtenAt = store(left, 61, "after");
            Expect.equal("An invoice that another instance has written, read while replay is paused", "after", read(right, "A read in the pause", 61, writtenAt), "What does the one who reads know of the one who wrote?");
        });
    }

    @Test @Needs("another") @Hint(2) @Promises("on-the-standby") @DisplayName("nor where many wait for the standby to follow")
    void manyWait() throws Exception {
        int known = 727_271;
        int others = 727_272;
        store(left, known, "old");
        store(left, others, "old");
        var least = Long.MAX_VALUE; // this machine may be slow, once in a while
        for (int i = 0; i < 3 && least > 0; i++) {
            var before = first.log("" + known).size();
            paused(() -> {
                var writtenAt = store(left, others, "new");
                var isOver = new AtomicBoolean();
                var waiting = Stream.generate(() -> Task.start(() -> {
                    String found;
                    do {
                        found = read(left, "A read that waits for the standby", others, writtenAt);
                    } while (!isOver.get());
                    return found;
                })).limit(24).toList();
                Thread.sleep(20);
                var reads = Collections.nCopies(8, (Callable<String>) () -> read(left, "A read without a header", known, ""));
                Expect.equal("An invoice, read eight times without a header while 24 reads wait for the standby", Set.of(new Task.Outcome.Value<>("old")), Set.copyOf(Task.race(LONG, reads)), "Whoever has written nothing misses nothing.");
                isOver.set(true);
                for (var one : waiting) {
                    Expect.equal("An invoice, for which 24 reads wait", new Task.Outcome.Value<>("new"), one.outcome(LONG), "Which server could answer at that moment?");
                }
            });
            least = Math.min(least, first.log("" + known).size() - before);
        }
        Expect.equal("Lines in the primary's log about an invoice that the standby could give, while 24 reads of another one wait", 0L, least, "What does a read that waits hold on to?");
    }
}

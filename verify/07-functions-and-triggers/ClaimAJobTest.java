import grading.*;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;

/** 60 open jobs, job 60 the oldest. Workers meet at barriers inside their handlers: then each is in the middle of a job. */
class ClaimAJobTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long BASE = 5_000_000_000L;
    private static final Duration WORK = Duration.ofMillis(100);

    /** What the owner of a connection may have set, so that it can be seen whether it is still so; with a clock that nobody's JVM has. */
    private static final String SETTINGS = "set lock_timeout = '50s'; set statement_timeout = '55s'; set idle_in_transaction_session_timeout = '58s'; "
        + "set work_mem = '3MB'; set time zone 'Pacific/Chatham'";

    /** Each would mean something if it came from the queue's connection. */
    private static final List<SQLException> ITS_OWN_DATABASE = List.of(new java.sql.SQLTransactionRollbackException("could not serialize access", "40001"),
        new SQLException("deadlock detected", "40P01"), new SQLException("could not obtain lock", "55P03"), new SQLException("the connection is gone", "08006"),
        new SQLException("terminating connection", "57P01"), new SQLException("canceling statement", "57014"), new SQLException("the transaction has failed", "25P02"),
        new java.sql.SQLTransientConnectionException("the pool has none to spare"), new java.sql.SQLRecoverableException("it is over", "08003"), new SQLException("no data", "02000"));

    /** Makes a call of workOne, in whichever process, out of a connection and what becomes of the job's number. */
    static final class Caller implements BiFunction<Connection, LongConsumer, Callable<Boolean>> {
        @Override public Callable<Boolean> apply(Connection worker, LongConsumer handler) {
            return () -> JobQueue.workOne(worker, (id, payload) -> handler.accept(id - BASE));
        }
    }

    /** Thrown by a handler that only wanted to see which job it gets. */
    private static final class GivenBack extends Exception { }

    @Test @Hint(2) @DisplayName("a worker does the open job that was queued first")
    @Promises({"oldest-first", "handler", "returns", "as-lent"})
    void oldestFirst(Clone clone) throws Exception {
        begin(clone);
        var seen = Collections.synchronizedList(new ArrayList<String>());
        for (var autocommit : new boolean[] {true, false}) {
            try (var worker = worker(clone, autocommit)) {
                var lent = ConnectionState.of(worker);
                for (int i = 0; i < 2; i++) {
                    Expect.equal("What workOne returns when it did a job", true, work(worker, (id, payload) -> seen.add(id - BASE + " " + payload)),
                        "True when a job was done.");
                    asLent(lent, worker, "a job was done");
                }
            }
        }
        Expect.equal("The jobs that the handler got", List.of("60 job 60", "59 job 59", "58 job 58", "57 job 57"), seen,
            "First queued, first taken; what is done is not open.");
        Expect.table("Jobs that were done a moment ago", Rows.unnamed().row(57).row(58).row(59).row(60), Sql.query(clone.owner(),
            "select id - " + BASE + " from app.jobs where abs(extract(epoch from done_at - clock_timestamp())) < 60"), "Who commits? And which time is noted?");
    }

    @Test @Needs("oldestFirst") @Hint(2) @DisplayName("an empty queue is no work")
    @Promises({"returns", "as-lent"})
    void empty(Clone clone) throws Exception {
        begin(clone);
        Sql.execute(clone.owner(), "update app.jobs set done_at = now() where done_at is null");
        var calls = new AtomicInteger();
        for (var autocommit : new boolean[] {true, false}) {
            try (var worker = worker(clone, autocommit)) {
                var lent = ConnectionState.of(worker);
                Expect.equal("What workOne returns on an empty queue", false, work(worker, (id, payload) -> calls.incrementAndGet()),
                    "False when there is nothing to take.");
                asLent(lent, worker, "there was nothing to take");
            }
        }
        Expect.equal("Calls of the handler on an empty queue", 0, calls.get(), "There is no job to hand over.");
    }

    @Test @Needs("oldestFirst") @Hint(1) @DisplayName("four workers at once have four jobs, the four oldest")
    @Promises({"once", "never-waits", "oldest-first"})
    void fourAtOnce(Clone clone) throws Exception {
        begin(clone);
        var jobs = Collections.synchronizedList(new ArrayList<Long>());
        var middle = new CyclicBarrier(4);
        LongConsumer handler = job -> {
            jobs.add(job);
            try {
                middle.await(PATIENCE.toSeconds() / 2, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        try (var w1 = worker(clone, true); var w2 = worker(clone, false); var w3 = worker(clone, true); var w4 = worker(clone, true)) {
            var here = new Caller();
            var there = elsewhere();
            var outcomes = Task.race(PATIENCE, List.of(here.apply(w1, handler), here.apply(w2, handler), there.apply(w3, handler), there.apply(w4, handler)));
            Expect.that("Four workers in two processes, each in the middle of a job", outcomes.stream().allMatch(new Task.Outcome.Value<>(true)::equals),
                "all four at the same time", jobs.size() + " workers came that far", "A worker that waits for a lock is not working. What if it stepped over it?");
        }
        Collections.sort(jobs);
        Expect.equal("The jobs of four workers at the same time", List.of(57L, 58L, 59L, 60L), jobs,
            "Each job has one worker, in whichever process. What tells the others that it is taken?");
    }

    @Test @Needs("fourAtOnce") @Hint(2) @DisplayName("forty workers at once have the forty oldest jobs")
    @Promises({"oldest-first", "returns"})
    void fortyAtOnce(Clone clone) throws Exception {
        begin(clone);
        var jobs = new ArrayList<Long>();
        var workers = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 40; i++) {
                workers.add(worker(clone, true));
            }
            Expect.within("workOne ends", PATIENCE, () -> nested(workers.iterator(), jobs));
        } finally {
            for (var worker : workers) {
                worker.close();
            }
        }
        var expected = new ArrayList<Long>();
        for (long job = 60; job > 20; job--) {
            expected.add(job);
        }
        Expect.equal("The jobs of forty workers, each of whom began while the others before him were at work", expected, jobs,
            "However many jobs are taken, the next one that is not is there to take.");
    }

    /** Each worker takes a job while those before him are in the middle of theirs. */
    private static boolean nested(Iterator<Connection> workers, List<Long> jobs) throws Exception {
        return !workers.hasNext() || JobQueue.workOne(workers.next(), (id, payload) -> {
            jobs.add(id - BASE);
            nested(workers, jobs);
        });
    }

    @Test @Needs("fourAtOnce") @Hint(2) @DisplayName("when every open job is taken, there is nothing to take")
    @Promises({"returns", "never-waits", "once"})
    void allTaken(Clone clone) throws Exception {
        begin(clone);
        Sql.execute(clone.owner(), "update app.jobs set done_at = now() where done_at is null and id <> " + (BASE + 60));
        var second = new ArrayList<Object>();
        try (var w1 = worker(clone, true); var w2 = worker(clone, true)) {
            work(w1, (id, payload) -> second.add(Task.start(elsewhere().apply(w2, job -> second.add("job " + job))).outcome(PATIENCE.dividedBy(3)).toString()));
        }
        Expect.equal("What a second worker gets while the only open job is somebody else's", List.of("false"), second,
            "It need not wait, and it need not fail: there is nothing to take.");
    }

    @Test @Needs("oldestFirst") @Hint(1) @DisplayName("a job that was done a moment ago is not done again")
    @Promises({"once", "oldest-first"})
    void betweenLookAndLock(Clone clone) throws Exception {
        begin(clone);
        var jobs = Collections.synchronizedList(new ArrayList<String>());
        Sql.execute(clone.owner(), "alter table app.jobs enable row level security"); // its policy stops who looks
        try (var holder = Sql.connect(clone.owner()); var slow = worker(clone, true); var quick = worker(clone, true)) {
            Sql.execute(holder, "select pg_advisory_lock(1207, 4)");
            Sql.execute(slow, "set probe.armed = 'yes'");
            var late = Task.start(() -> JobQueue.workOne(slow, (id, payload) -> jobs.add("the slow one " + payload)));
            Expect.that("A worker that has begun to look for a job", late.waitsForLock(clone, Sql.pid(slow), PATIENCE), "it looks into app.jobs",
                late.isDone() ? "it has ended" : "it does not", "Where does it look for a job?");
            work(quick, (id, payload) -> jobs.add("the quick one " + payload));
            Sql.execute(holder, "select pg_advisory_unlock(1207, 4)");
            late.outcome(PATIENCE);
        } finally {
            Sql.execute(clone.owner(), "alter table app.jobs disable row level security");
        }
        Expect.equal("What two workers do, one of which is finished while the other one is looking", List.of("the quick one job 60", "the slow one job 59"), jobs,
            "Between looking and locking, somebody else may have finished it.");
    }

    @Test @Needs("fourAtOnce") @Hint(1) @DisplayName("four workers empty the queue, and each job is done once")
    @Promises({"once", "oldest-first"})
    void eachOnce(Clone clone) throws Exception {
        begin(clone);
        var times = new ConcurrentHashMap<Long, Integer>();
        var connections = new ArrayList<Connection>();
        try {
            var there = elsewhere();
            var workers = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 4; i++) {
                var worker = worker(clone, true);
                connections.add(worker);
                var one = (i % 2 == 0 ? new Caller() : there).apply(worker, job -> times.merge(job, 1, Integer::sum));
                workers.add(() -> {
                    while (one.call()) { }
                    return true;
                });
            }
            for (var outcome : Task.race(PATIENCE, workers)) {
                Expect.equal("How a worker of four ends, when the queue is empty", new Task.Outcome.Value<>(true), outcome, "False when there is nothing to take.");
            }
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
        var expected = new TreeMap<Long, Integer>();
        for (long job = 1; job <= 60; job++) {
            expected.put(job, 1);
        }
        Expect.equal("How often each job was done", expected, new TreeMap<>(times), "Between looking and locking, somebody else may have finished it.");
        Expect.table("Jobs that are still open", Rows.unnamed().row(0), Sql.query(clone.owner(), "select count(*) from app.jobs where done_at is null"),
            "Each job that was done has a done_at.");
    }

    @Test @Needs("oldestFirst") @Hint(2) @DisplayName("a job is done when its handler has returned, not before")
    @Promises("handler")
    void notDoneBefore(Clone clone) throws Exception {
        begin(clone);
        var doneAt = new ArrayList<Object>();
        var atWork = new ArrayList<String>();
        try (var worker = worker(clone, true)) {
            work(worker, (id, payload) -> {
                doneAt.addAll(Sql.query(clone.owner(), "select done_at from app.jobs where id = ?", id).values().getFirst());
                atWork.add(Sql.text(clone.owner(), "select clock_timestamp()::text"));
                Thread.sleep(WORK);
            });
            Expect.equal("done_at of the job while its handler is at work, as others see it", Collections.singletonList(null), doneAt,
                "What others see is committed.");
            var interrupted = Task.start(() -> JobQueue.workOne(worker, (id, payload) -> Thread.currentThread().interrupt())).outcome(PATIENCE);
            Expect.equal("What workOne returns when the handler was interrupted, and returned all the same", "true", interrupted.toString(),
                "A handler that has returned has done its work.");
        }
        Expect.table("Jobs that were done", Rows.unnamed().row(59).row(60), Sql.query(clone.owner(),
            "select id - " + BASE + " from app.jobs where done_at > '2026-01-03 00:00 UTC'"), "A handler that has returned has done its work.");
        Expect.table("Whether done_at is a time at which the handler had returned", Rows.unnamed().row(true),
            Sql.query(clone.owner(), "select done_at > ?::timestamptz + interval '50 ms' from app.jobs where id = ?", atWork.getFirst(), BASE + 60),
            "Jobs take seconds. At which moment was it done, and which one is `now()`?");
    }

    @Test @Needs("oldestFirst") @Hint(2) @DisplayName("when the handler throws, the job is open again")
    @Promises({"handler-throws", "as-lent", "handler"})
    void theHandlerFails(Clone clone) throws Exception {
        begin(clone);
        var calls = new AtomicInteger();
        try (var next = worker(clone, true)) {
            for (var autocommit : new boolean[] {true, false}) {
                try (var worker = worker(clone, autocommit)) {
                    var lent = ConnectionState.of(worker);
                    for (var failure : Faults.ofEveryKind()) {
                        calls.set(0);
                        passesOn("What the caller gets when the handler throws", failure, worker, () -> {
                            calls.incrementAndGet();
                            throw Faults.sneak(failure);
                        });
                        Expect.equal("Calls of a handler that throws", 1, calls.get(), "Whether it is tried again is the caller's business.");
                        asLent(lent, worker, "the handler threw " + failure.getClass().getSimpleName());
                        nextIs(next, 60, "after a handler that threw " + failure.getClass().getSimpleName());
                    }
                }
            }
        }
    }

    @Test @Needs({"theHandlerFails", "empty"}) @Hint(2) @DisplayName("the connection is as it was lent, also where its transactions were set to another isolation")
    @Promises("as-lent")
    void asItsOwnerSetIt(Clone clone) throws Exception {
        for (var isolation : List.of(Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE)) {
            begin(clone);
            try (var worker = worker(clone, isolation == Connection.TRANSACTION_SERIALIZABLE)) {
                Sql.execute(worker, "set search_path = app, pg_catalog; set application_name = 'lent'; set default_transaction_deferrable = on");
                if (!worker.getAutoCommit()) {
                    worker.commit();
                }
                worker.setTransactionIsolation(isolation);
                worker.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
                worker.unwrap(PGConnection.class).setPrepareThreshold(3);
                worker.unwrap(PGConnection.class).setDefaultFetchSize(7);
                var lent = ConnectionState.of(worker);
                work(worker, (id, payload) -> { });
                asLent(lent, worker, "a job was done");
                var failure = new IllegalStateException("the printer is on fire");
                passesOn("What the caller gets when the handler throws", failure, worker, () -> {
                    throw failure;
                });
                asLent(lent, worker, "the handler threw");
                Sql.execute(clone.owner(), "update app.jobs set done_at = now() where done_at is null");
                work(worker, (id, payload) -> { });
                asLent(lent, worker, "there was nothing to take");
            }
        }
    }

    @Test @Needs("theHandlerFails") @Hint(2) @DisplayName("whatever its own database told it")
    @Promises({"handler-throws", "handler"})
    void theHandlersDatabaseFails(Clone clone) throws Exception {
        begin(clone);
        var calls = new AtomicInteger();
        try (var worker = worker(clone, true); var next = worker(clone, true)) {
            for (var failure : ITS_OWN_DATABASE) {
                calls.set(0);
                passesOn("What the caller gets when the handler throws what its own database has told it", failure, worker, () -> {
                    calls.incrementAndGet();
                    throw failure;
                });
                Expect.equal("Calls of a handler that throws SQLSTATE " + failure.getSQLState(), 1, calls.get(), "Whether it is tried again is the caller's business.");
            }
            nextIs(next, 60, "after handlers that threw what their own databases had told them");
        }
    }

    @Test @Needs("oldestFirst") @Hint(1) @DisplayName("when the connection dies in the middle, the job is open again")
    @Promises("worker-dies")
    void theWorkerDies(Clone clone) throws Exception {
        begin(clone);
        try (var worker = worker(clone, true); var next = worker(clone, true)) {
            var ended = Task.start(() -> JobQueue.workOne(worker, (id, payload) -> {
                Faults.kill(clone, worker);
                nextIs(next, 60, "after the connection of its worker died, and before its handler has returned");
            })).outcome(PATIENCE);
            if (ended instanceof Task.Outcome.Failed<?>(Mismatch open)) {
                throw open;
            }
            Expect.that("What the caller gets when the connection dies", List.of("57P01", "08006").contains(ended.sqlState()),
                "the SQLException that told of it first, 57P01 or 08006", ended, "Tidying up on a dead connection fails as well. Which failure came first?");
            nextIs(next, 60, "after the connection of its worker died");
        }
    }

    @Test @Needs("theWorkerDies") @Hint(1) @DisplayName("when the connection dies and the handler throws, the caller hears of the handler")
    @Promises("handler-throws")
    void bothFail(Clone clone) throws Exception {
        begin(clone);
        for (var autocommit : new boolean[] {true, false}) {
            var failure = autocommit ? new IllegalStateException("the printer is on fire") : new AssertionError("the printer is gone");
            try (var worker = worker(clone, autocommit); var next = worker(clone, true)) {
                passesOn("What the caller gets when the connection dies, and then the handler throws", failure, worker, () -> {
                    Faults.kill(clone, worker);
                    throw Faults.sneak(failure);
                });
                nextIs(next, 60, "after both have failed");
            }
        }
    }

    private interface Failing {
        void fail() throws Exception;
    }

    private static void passesOn(String what, Throwable failure, Connection worker, Failing handler) throws Exception {
        Expect.within("workOne ends", PATIENCE, () -> {
            Expect.passesOn(what, failure, () -> JobQueue.workOne(worker, (id, payload) -> handler.fail()),
                "The failure is the caller's business. Tidying up may fail as well; which failure came first?");
            return true;
        });
    }

    /** Another worker takes the first job, and gives it back. */
    private static void nextIs(Connection next, long expected, String when) throws Exception {
        var got = new ArrayList<Long>();
        var ended = Task.start(() -> JobQueue.workOne(next, (id, payload) -> {
            got.add(id - BASE);
            throw new GivenBack();
        })).outcome(PATIENCE);
        Expect.that("The job that the next worker can take " + when, got.equals(List.of(expected)), "job " + expected,
            got.isEmpty() ? "none: " + ended : "job " + got.getFirst(), "Who took it must let go of it, on every way out.");
    }

    private static void asLent(ConnectionState lent, Connection worker, String when) throws SQLException {
        Expect.asLent("The worker's connection after " + when, lent, ConnectionState.of(worker), "commit, or rollback; there is no third way out. And then: as it was before.");
    }

    private static boolean work(Connection worker, JobQueue.Handler handler) throws Exception {
        return Expect.within("workOne ends", PATIENCE, () -> JobQueue.workOne(worker, handler));
    }

    /** The same answer in another process. */
    @SuppressWarnings("unchecked")
    private static BiFunction<Connection, LongConsumer, Callable<Boolean>> elsewhere() {
        return OtherProcess.start(Caller.class, BiFunction.class);
    }

    private static Connection worker(Clone clone, boolean autocommit) throws SQLException {
        var worker = Sql.connect(clone.app());
        Sql.execute(worker, SETTINGS);
        worker.setAutoCommit(autocommit);
        return worker;
    }

    /** Sixty open jobs, twenty that were done long ago. */
    private static void begin(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), "update app.jobs set done_at = case when id > " + (BASE + 60) + " then timestamptz '2026-01-03 00:00 UTC' end");
    }
}

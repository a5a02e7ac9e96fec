import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** 60 open jobs, job 60 the oldest. Workers meet at barriers inside their handlers: then each is in the middle of a job. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClaimAJobTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test @Order(1) @Hint(2) @DisplayName("a worker does the open job that was queued first")
    void oldestFirst(Clone clone) throws Exception {
        begin(clone);
        var seen = Collections.synchronizedList(new ArrayList<String>());
        for (var autocommit : new boolean[] {true, false}) {
            try (var worker = worker(clone)) {
                worker.setAutoCommit(autocommit);
                for (int i = 0; i < 2; i++) {
                    Expect.equal("What workOne returns when it did a job", true, work(worker, (id, payload) -> seen.add(id + " " + payload)),
                        "True when a job was done.");
                    tidy(worker, autocommit, "a job was done");
                }
            }
        }
        Expect.equal("The jobs that the handler got", List.of("60 job 60", "59 job 59", "58 job 58", "57 job 57"), seen,
            "First queued, first taken; what is done is not open.");
        Expect.table("Jobs that were done now", Rows.unnamed().row(57).row(58).row(59).row(60),
            asOwner(clone, "select id from app.jobs where done_at > timestamptz '2026-06-01'"), "Who commits?");
    }

    @Test @Order(2) @Needs("oldestFirst") @Hint(2) @DisplayName("an empty queue is no work")
    void empty(Clone clone) throws Exception {
        begin(clone);
        asOwner(clone, "with done as (update app.jobs set done_at = now() where done_at is null returning 1) select count(*) from done");
        var calls = new AtomicInteger();
        try (var worker = worker(clone)) {
            Expect.equal("What workOne returns on an empty queue", false, work(worker, (id, payload) -> calls.incrementAndGet()),
                "False when there is nothing to take.");
            tidy(worker, true, "there was nothing to take");
        }
        Expect.equal("Calls of the handler on an empty queue", 0, calls.get(), "There is no job to hand over.");
    }

    @Test @Order(3) @Needs("oldestFirst") @Hint(1) @DisplayName("four workers at once have four jobs, the four oldest")
    void fourAtOnce(Clone clone) throws Exception {
        begin(clone);
        var jobs = Collections.synchronizedList(new ArrayList<Long>());
        var middle = new CyclicBarrier(4);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var workers = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 4; i++) {
                workers.add(threads.submit(() -> {
                    try (var worker = worker(clone)) {
                        return JobQueue.workOne(worker, (id, payload) -> {
                            jobs.add(id);
                            middle.await(PATIENCE.toSeconds() / 2, TimeUnit.SECONDS);
                        });
                    }
                }));
            }
            var met = true;
            for (var worker : workers) {
                try {
                    met &= worker.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    met = false;
                }
            }
            Expect.that("Four workers, each in the middle of a job", met, "all four at the same time",
                jobs.size() + " workers came that far", "A worker that waits for a lock is not working. What if it stepped over it?");
        }
        Collections.sort(jobs);
        Expect.equal("The jobs of four workers at the same time", List.of(57L, 58L, 59L, 60L), jobs,
            "Each job has one worker. What tells the others that it is taken?");
    }

    @Test @Order(4) @Needs("fourAtOnce") @Hint(1) @DisplayName("four workers empty the queue, and each job is done once")
    void eachOnce(Clone clone) throws Exception {
        begin(clone);
        var times = new ConcurrentHashMap<Long, Integer>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var workers = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                workers.add(threads.submit(() -> {
                    try (var worker = worker(clone)) {
                        while (JobQueue.workOne(worker, (id, payload) -> times.merge(id, 1, Integer::sum))) { }
                    }
                    return null;
                }));
            }
            for (var worker : workers) {
                Expect.within("The four workers empty the queue", PATIENCE, () -> worker.get());
            }
        }
        var expected = new TreeMap<Long, Integer>();
        for (long id = 1; id <= 60; id++) {
            expected.put(id, 1);
        }
        Expect.equal("How often each job was done", expected, new TreeMap<>(times), "Between looking and locking, somebody else may have finished it.");
        Expect.table("Jobs that are still open", Rows.unnamed().row(0), asOwner(clone, "select count(*) from app.jobs where done_at is null"),
            "Each job that was done has a done_at.");
    }

    @Test @Order(5) @Needs("oldestFirst") @Hint(2) @DisplayName("a job is done when its handler has returned, not before")
    void notDoneBefore(Clone clone) throws Exception {
        begin(clone);
        var open = new ArrayList<Object>();
        try (var worker = worker(clone)) {
            work(worker, (id, payload) -> open.addAll(asOwner(clone, "select done_at from app.jobs where id = " + id).values().getFirst()));
        }
        Expect.equal("done_at of the job while its handler is at work, as others see it", Collections.singletonList(null), open,
            "What others see is committed.");
    }

    @Test @Order(6) @Needs("oldestFirst") @Hint(2) @DisplayName("when the handler throws, the job is open again")
    void theHandlerFails(Clone clone) throws Exception {
        begin(clone);
        for (var autocommit : new boolean[] {true, false}) {
            for (var failure : List.of(new IllegalStateException("the printer is on fire"), new Exception("out of paper"), new AssertionError("unexpected"))) {
                try (var worker = worker(clone)) {
                    worker.setAutoCommit(autocommit);
                    Expect.equal("What the caller gets when the handler throws", failure, thrown(worker, (id, payload) -> {
                        if (failure instanceof Exception e) {
                            throw e;
                        }
                        throw (Error) failure;
                    }), "The failure is the caller's business.");
                    tidy(worker, autocommit, "the handler threw");
                    nextIs(clone, 60, "after a handler that threw " + failure.getClass().getSimpleName());
                }
            }
        }
    }

    @Test @Order(7) @Needs("oldestFirst") @Hint(1) @DisplayName("when the connection dies in the middle, the job is open again")
    void theWorkerDies(Clone clone) throws Exception {
        begin(clone);
        try (var worker = worker(clone); var observer = clone.observer().connect()) {
            var thrown = thrown(worker, (id, payload) -> {
                var pid = worker.unwrap(PGConnection.class).getBackendPID();
                Rows.query(observer, "select pg_terminate_backend(?, 5000)", pid);
            });
            Expect.that("What the caller gets when the connection dies", thrown instanceof SQLException e && lost(e),
                "an SQLException with 57P01 or of class 08", thrown, "Tidying up on a dead connection fails as well. Which failure came first?");
        }
        nextIs(clone, 60, "after the connection of its worker died");
    }

    private static boolean lost(SQLException e) {
        return e.getSQLState() != null && (e.getSQLState().equals("57P01") || e.getSQLState().equals("08006"));
    }

    /** Another worker takes the first job; it gives it back, by dying. */
    private static void nextIs(Clone clone, long expected, String when) throws Exception {
        try (var owner = clone.owner().connect()) {
            owner.setAutoCommit(false);
            var next = Rows.query(owner, "select id from app.jobs where done_at is null order by queued_at limit 1 for update skip locked");
            Expect.tableInOrder("The job that the next worker can take " + when, Rows.unnamed().row(expected), next,
                "Who took it must let go of it, on every way out.");
            owner.rollback();
        }
    }

    private static void tidy(Connection worker, boolean autocommit, String when) throws Exception {
        Expect.equal("An open transaction after " + when, TransactionState.IDLE, worker.unwrap(BaseConnection.class).getTransactionState(),
            "commit, or rollback; there is no third way out.");
        Expect.equal("Autocommit after " + when, autocommit, worker.getAutoCommit(), "It was like that before.");
    }

    private static boolean work(Connection worker, JobQueue.Handler handler) throws Exception {
        return Expect.within("workOne ends", PATIENCE, () -> JobQueue.workOne(worker, handler));
    }

    private static Object thrown(Connection worker, JobQueue.Handler handler) throws Exception {
        return Expect.within("workOne ends", PATIENCE, () -> {
            try {
                return "no failure, but " + JobQueue.workOne(worker, handler);
            } catch (Throwable e) {
                return e;
            }
        });
    }

    private static Connection worker(Clone clone) throws SQLException {
        var worker = clone.app().connect();
        try (var statement = worker.createStatement()) {
            statement.execute("set statement_timeout = '10s'");
        }
        return worker;
    }

    /** Sixty open jobs, twenty that were done long ago. */
    private static void begin(Clone clone) throws SQLException {
        asOwner(clone, """
            with again as (
              update app.jobs set done_at = case when id > 60 then timestamptz '2026-01-03 00:00 UTC' end returning 1)
            select count(*) from again""");
    }

    private static Rows asOwner(Clone clone, String sql) throws SQLException {
        try (var owner = clone.owner().connect()) {
            return Rows.query(owner, sql);
        }
    }
}

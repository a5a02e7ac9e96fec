import grading.*;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.*;

/** Workers at a queue. A claim that is under way is an open transaction; whether another waits is seen by its lock timeout. */
class NextTenJobsTest {
    private static final String PENDING = "select id from app.jobs where status = 'pending' order by created_at offset %d limit 10";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Test @Hint(1) @DisplayName("the migration runs")
    void runs(Clone clone, Answer answer) throws SQLException {
        AnswerMigrations.run(clone, answer);
        Sql.execute(clone.owner(), "vacuum analyze app.jobs");
    }

    @Test @Needs("runs") @Hint(2) @Promises("one-small-index") @DisplayName("one small index at most")
    void indexIsSmall(Clone clone) throws SQLException {
        var indexes = Sql.query(clone.owner(), """
            select indexrelid::regclass::text as index, pg_relation_size(indexrelid) / 1024 as kb from pg_index
            where indrelid = 'app.jobs'::regclass and not indisprimary order by 1""").values();
        Expect.that("Indexes of app.jobs beside the primary key", indexes.size() <= 1, "at most 1", indexes, "Every job pays for each of them.");
        Expect.that("The size of the index", indexes.stream().allMatch(index -> ((Number) index.get(1)).longValue() <= 100), "at most 100 kB",
            indexes, "Nobody ever looks for what is done.");
        Expect.equal("The primary key of app.jobs", "PRIMARY KEY (id)", Sql.text(clone.owner(),
            "select coalesce(min(pg_get_constraintdef(oid)), 'none') from pg_constraint where conrelid = 'app.jobs'::regclass and contype = 'p'"), "The primary key stays.");
    }

    @Test @Needs("runs") @Hint(2) @Promises("few-pages") @DisplayName("finding ten jobs is cheap")
    void isCheap(Clone clone, Answer answer) throws SQLException {
        try (var connection = Sql.connect(clone.app())) {
            findsCheaply(connection, answer, "");
        }
    }

    private static void findsCheaply(Connection connection, Answer answer, String when) throws SQLException {
        connection.setAutoCommit(false);
        var plan = QueryPlan.of(connection, answer.text("claim.sql"));
        connection.rollback();
        var scans = plan.nodes().stream().filter(node -> node.children().isEmpty()).toList();
        Expect.that("The plan of a claim" + when, scans.stream().noneMatch(node -> node.type().equals("Seq Scan") && node.detail().contains("on jobs")), "no Seq Scan: Finding ten jobs must not read all", plan, "Which index has the pending jobs?");
        Expect.that("The plan of a claim" + when, plan.nodes().stream().filter(node -> node.type().equals("Sort"))
            .allMatch(sort -> sort.children().stream().allMatch(below -> below.actual() <= 10)),
            "Finding ten jobs sorts no more than ten", plan, "In which order does the index have them?");
        var finding = scans.stream().filter(node -> node.detail().contains("on jobs") && !node.detail().contains("jobs_pkey"))
            .mapToLong(node -> node.hit() + node.read()).sum();
        Expect.that("Finding ten jobs" + when + ": pages that are read", finding <= 30, "at most 30", plan, "Which jobs does the index have, and in which order?");
    }

    @Test @Needs("runs") @Hint(1) @Promises("gives-back") @DisplayName("a rollback gives the jobs back")
    void givesBack(Clone clone, Answer answer) throws Exception {
        try (var worker = worker(clone); var other = worker(clone); var third = worker(clone)) {
            var had = sorted(claim(worker, answer));
            worker.rollback();
            Expect.equal("Jobs claimed by somebody else after the rollback of a claim", had, sorted(claim(other, answer)), "They were given back, to everybody.");
            Faults.kill(clone, other);
            Expect.equal("Jobs claimed after the worker that had them died", had, sorted(claim(third, answer)), "They were given back, to everybody.");
            third.rollback();
        }
    }

    @Test @Needs("givesBack") @Hint(1) @Promises("marks") @DisplayName("claimed jobs are running, since now, and nothing else is changed")
    void marksThem(Clone clone, Answer answer) throws Exception {
        try (var worker = worker(clone)) {
            Sql.execute(worker, "set time zone 'Asia/Kathmandu'");
            worker.commit();
            Sql.execute(worker, "update app.jobs set started_at = '2020-01-01' where status = 'pending' and id % 400 = 0");
            Sql.execute(worker, "create temporary table before on commit drop as table app.jobs");
            var written = written(worker);
            var claim = claim(worker, answer);
            Expect.equal("Rows that a claim has inserted, updated and deleted, in all tables", List.of(written.get(0), written.get(1) + 10, written.get(2)), written(worker),
                "Ten jobs, and nothing else.");
            Expect.equal("Columns that a claim returns", 1, claim.columns().size(), "Their ids, and nothing else.");
            var claimed = sorted(claim);
            Expect.equal("Jobs that are running, among those that were claimed", claimed, sorted(Rows.query(worker,
                "select id from app.jobs where status = 'running' and id = any(?)", (Object) claimed.toArray(Long[]::new))), "A claim writes both columns.");
            Expect.equal("Jobs with started_at set to the time, among those that were claimed", claimed, sorted(Rows.query(worker,
                "select id from app.jobs where started_at between now() and clock_timestamp() and id = any(?)", (Object) claimed.toArray(Long[]::new))),
                "A claim writes both columns, whatever they said before.");
            Expect.table("What else a claim has changed", Rows.unnamed(), Rows.query(worker, """
                select a.* from app.jobs a full join before b on a.id = b.id where (a.id = any(?)) is not true and a is distinct from b
                  or (a.created_at, a.payload) is distinct from (b.created_at, b.payload)""", (Object) claimed.toArray(Long[]::new)), "Ten jobs, and two of their columns.");
            worker.rollback();
        }
    }

    private static List<Long> written(Connection worker) throws SQLException {
        return Rows.query(worker, "select sum(n_tup_ins)::bigint, sum(n_tup_upd)::bigint, sum(n_tup_del)::bigint from pg_stat_xact_user_tables where schemaname !~ '^pg_temp'")
            .values().getFirst().stream().map(n -> ((Number) n).longValue()).toList();
    }

    @Test @Needs("marksThem") @Hint(1) @Promises("ten-oldest") @DisplayName("a claim takes the ten oldest")
    void takesTheOldest(Clone clone, Answer answer) throws Exception {
        try (var worker = worker(clone)) {
            Expect.equal("The ten oldest pending jobs", ids(worker, 0), sorted(claim(worker, answer)), "By created_at, which is not the order of the ids.");
            worker.rollback();
            Sql.execute(worker, "set local enable_indexscan = off; set local enable_bitmapscan = off");
            Expect.equal("The ten oldest pending jobs when PostgreSQL uses no index", ids(worker, 0), sorted(claim(worker, answer)),
                "An index may give an order. Only a query can ask for one.");
            worker.rollback();
            Sql.execute(worker, "update app.jobs set status = 'done' where status = 'pending' and id > 2600");
            var left = ids(worker, 0);
            var last = ids(worker, 10);
            Expect.equal("The first claim of thirteen jobs", left, sorted(claim(worker, answer)), "Ten at most.");
            Expect.equal("The second claim of thirteen jobs", last, sorted(claim(worker, answer)), "All that are there.");
            Expect.equal("The third claim of thirteen jobs", List.of(), sorted(claim(worker, answer)), "None is pending any more.");
            var odd = sorted(Rows.query(worker, """
                insert into app.jobs (status, created_at, started_at, payload) values ('pending', '1970-01-01', null, ''), ('pending', '2999-01-01', '2999-01-02', '') returning id"""));
            Expect.equal("A claim of two jobs, one of 1970 and one of 2999", odd, sorted(claim(worker, answer)), "They are pending, too.");
            worker.rollback();
        }
    }

    @Test @Needs("takesTheOldest") @Hint(1) @Promises({"different", "ten-oldest"}) @DisplayName("claims at the same time take different jobs, and nobody waits")
    void theyDoNotWait(Clone clone, Answer answer) throws Exception {
        try (var first = worker(clone); var second = worker(clone); var third = worker(clone)) {
            var free = List.of(ids(first, 0), ids(first, 10), ids(first, 20));
            var beyond = ids(first, 420);
            var begun = new ArrayList<List<Object>>();
            for (var worker : List.of(first, second, third)) {
                begun.add(claimBesideOthers(worker, answer));
            }
            Expect.equal("Three claims, each beside those that are under way: always the next ten", free, begun, "What another worker has taken is left out.");
            for (int claims = 2; claims <= 40; claims++) {
                claim(first, answer);
            }
            Expect.equal("A claim when others have the 420 oldest jobs: the next ten", beyond, claimBesideOthers(third, answer), "However many others have.");
            for (var worker : List.of(first, second, third)) {
                worker.rollback();
            }
            Sql.execute(first, PENDING.formatted(0).replace("limit 10", "limit 1 for update"));
            Expect.equal("A claim while somebody else has the oldest job: the next ten", ids(second, 1), claimBesideOthers(second, answer), "What somebody else has is left out.");
            first.rollback();
            second.rollback();
            Sql.execute(first, PENDING.formatted(0).replace("limit 10", "limit 1 for share"));
            Expect.equal("A claim while somebody else reads the oldest job, with a lock: the next ten", ids(second, 1), claimBesideOthers(second, answer),
                "Who has found a job must have it alone, or waits when it changes it.");
        }
    }

    private static List<Object> claimBesideOthers(Connection worker, Answer answer) throws Exception {
        try {
            return sorted(Expect.within("A claim beside others that are under way", PATIENCE, () -> claim(worker, answer)));
        } catch (SQLException e) {
            Expect.equal("A claim beside others that are under way", "the next ten, without waiting", "SQLSTATE " + e.getSQLState() + ", " + e.getMessage(),
                "What another worker has taken is left out.");
            throw e;
        }
    }

    /** A trigger stops each claim at the first row that it changes: whatever it has found by then, the other claims must not find. */
    @Test @Needs("theyDoNotWait") @Hint(1) @Promises("different") @DisplayName("claims that begin before another one has changed anything take different jobs as well")
    void theyRace(Clone clone, Answer answer) throws Exception {
        Sql.execute(clone.owner(), """
            create function app.stop() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared(5); return new; end';
            create trigger stop before update on app.jobs for each row execute function app.stop()""");
        try (var gate = Sql.connect(clone.owner()); var first = worker(clone); var second = worker(clone)) {
            Sql.execute(gate, "select pg_advisory_lock(5)");
            var tasks = new ArrayList<Task<List<Object>>>();
            for (var worker : List.of(first, second)) {
                Sql.execute(worker, "set lock_timeout = '10s'"); // at the gate as well
                Callable<List<Object>> work = () -> sorted(claim(worker, answer));
                tasks.add(Task.start(work));
                tasks.getLast().waitsForLock(clone, Sql.pid(worker), PATIENCE);
            }
            Sql.execute(gate, "select pg_advisory_unlock(5)");
            var claimed = new ArrayList<Object>();
            for (var task : tasks) {
                var outcome = task.outcome(PATIENCE);
                if (outcome instanceof Task.Outcome.Value<List<Object>>(var ids)) {
                    claimed.addAll(ids);
                } else {
                    Expect.equal("Two claims that begin before one of them has changed anything", "ten jobs each, without waiting", outcome,
                        "Who has found a job must have it, alone, before it changes it.");
                }
            }
            Expect.equal("Different jobs of two claims that begin before one of them has changed anything", 20, new HashSet<>(claimed).size(),
                "Who has found a job must have it, alone, before it changes it.");
        } finally {
            Sql.execute(clone.owner(), "drop function app.stop() cascade");
        }
    }

    @Test @Needs("theyRace") @Hint(2) @Promises({"few-pages", "marks"}) @DisplayName("finding ten jobs is as cheap when many are running, and leaves the session as it was")
    void isCheapBesideMany(Clone clone, Answer answer) throws SQLException {
        Sql.execute(clone.owner(), """
            insert into app.jobs (status, created_at, started_at, payload)
            select case when n % 8 = 0 then 'done' else 'running' end, timestamptz '2020-01-01' + n * interval '1 minute', '2025-03-01', 'x' from generate_series(1, 12000) n""");
        Sql.execute(clone.owner(), "vacuum analyze app.jobs");
        try (var connection = Sql.connect(clone.app())) {
            var lent = ConnectionState.of(connection);
            claim(connection, answer);
            Expect.asLent("What a claim changes for its session", lent, ConnectionState.of(connection), "Ten jobs, and nothing else.");
            findsCheaply(connection, answer, " beside ten thousand that are running, all of them older");
        }
    }

    /** In a transaction, as workers are; it gives up waiting for another one's jobs after some seconds. */
    private static Connection worker(Clone clone) throws SQLException {
        var worker = Sql.connect(clone.app());
        Sql.execute(worker, "set lock_timeout = '2s'");
        worker.setAutoCommit(false);
        return worker;
    }

    private static Rows claim(Connection worker, Answer answer) throws SQLException {
        return Rows.query(worker, answer.text("claim.sql"));
    }

    private static List<Object> ids(Connection connection, int from) throws SQLException {
        return sorted(Rows.query(connection, PENDING.formatted(from)));
    }

    private static List<Object> sorted(Rows rows) {
        return rows.values().stream().map(List::getFirst).map(id -> (Object) ((Number) id).longValue()).sorted().toList();
    }
}

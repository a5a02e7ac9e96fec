import grading.*;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import lab.Login;
import lab.cluster.OwnCluster;
import lab.cluster.OwnClusters;
import org.junit.jupiter.api.*;

/** Judges 13.1 on a primary and a standby of its own, whose replay it pauses: by what is read, and by which server was asked. */
class ReadYourWritesTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofMillis(2500);
    private static final String REPLAYED = "select pg_last_wal_replay_lsn()::text";
    private static String unfit = "";
    private static OwnClusters clusters;
    private static OwnCluster first;
    private static OwnCluster second;
    private static Login primary;
    private static Login standby;

    @BeforeAll static void open(PostgresPrograms programs) throws Exception {
        unfit = programs.reasonUnavailable();
        if (unfit.isEmpty()) {
            clusters = programs.clusters();
            first = clusters.create("primary");
            first.set(Map.of("autovacuum", "off", "checkpoint_timeout", "1h"));
            first.start();
            primary = first.admin();
            Sql.execute(primary, "create table notes (id int primary key, note text not null)");
            second = clusters.standby(first, "standby");
            second.start();
            standby = second.admin();
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

    /** An answer with its two pools. */
    private static final class Notes implements AutoCloseable {
        private final WatchedDataSource writing = new WatchedDataSource(primary);
        private final WatchedDataSource reading = new WatchedDataSource(standby);
        private final NotesOnTwoServers answer = new NotesOnTwoServers(writing.source(), reading.source());

        String save(int id, String note) throws Exception {
            var token = Expect.within("A save", LONG, () -> answer.save(id, note));
            Expect.that("The token of a save", token != null, "a text", "null", "What does the reader bring back?");
            return token;
        }

        Optional<String> read(String what, int id, String token) throws Exception {
            return inTime(what, () -> answer.read(id, token));
        }

        int asked() {
            return writing.executions();
        }

        @Override public void close() throws SQLException {
            writing.close();
            reading.close();
        }
    }

    private static <T> T inTime(String what, Callable<T> read) throws Exception {
        try {
            return Expect.within(what, BOUND, read, "How long does it wait for the standby?");
        } catch (SQLException e) {
            Expect.that(what, false, "an answer", e.getMessage(), "Which server could answer at that moment?");
            throw e;
        }
    }

    private static void caughtUp() throws Exception {
        var end = Sql.text(primary, "select pg_current_wal_lsn()::text");
        authors("The verifier's standby follows", () -> Sql.text(standby, "select coalesce(pg_last_wal_replay_lsn() >= ?::pg_lsn, false)::text", end).equals("true"));
    }

    private static void authors(String what, Task.Condition condition) throws Exception {
        Expect.that(what, Task.until(LONG, condition), "so within ten seconds", "not so", "This is not your fault; please tell the authors.");
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

    @Test @Promises("own-writes") @DisplayName("what was saved is read, when the standby has it")
    void follows() throws Exception {
        var random = RandomData.create();
        try (var notes = new Notes()) {
            for (int i = 0; i < 8; i++) {
                var id = random.number(1, 5);
                var note = random.word(12);
                var token = notes.save(id, note);
                caughtUp();
                Expect.equal("Note " + id + ", read when the standby has it", Optional.of(note), notes.read("A read", id, token), "Both servers have it by then.");
            }
            Expect.equal("A note that was never saved", Optional.empty(), notes.read("A read", 4711, ""), "Is there a row?");
        }
    }

    @Test @Needs("follows") @Hint(1) @Promises({"own-writes", "in-time"}) @DisplayName("what was saved is read in time, when the standby stands still")
    void standsStill() throws Exception {
        var random = RandomData.create();
        var before = random.word(12);
        var after = random.word(12);
        try (var notes = new Notes()) {
            notes.save(11, before);
            paused(() -> {
                var fresh = notes.save(12, after);
                Expect.equal("A new note, read with the token of its save while replay is paused", Optional.of(after), notes.read("A read in the pause", 12, fresh), "Where is it, and where not yet?");
                var changed = notes.save(11, after);
                Expect.equal("A note that was changed, read with the token of the change while replay is paused", Optional.of(after), notes.read("A read in the pause", 11, changed),
                    "The standby has a note with this id, and it is the old one.");
                Expect.equal("Another note than the one that was saved last", Optional.of(after), notes.read("A read in the pause", 12, changed), "A token stands for all that its owner saved before.");
            });
        }
    }

    @Test @Needs("standsStill") @Hint(2) @Promises("on-the-standby") @DisplayName("the primary is asked only where the standby cannot answer")
    void onTheStandby() throws Exception {
        var random = RandomData.create();
        var old = random.word(12);
        try (var notes = new Notes()) {
            for (int i = 0; Sql.text(primary, "select pg_current_wal_lsn() < '0/F00000'").equals("true") && i < 30; i++) {
                Sql.execute(primary, "select pg_switch_wal(); create table if not exists ticks (n int); insert into ticks values (1)");
            }
            var token = notes.save(21, old); // 0/F…, as a rule
            for (int i = 0; Sql.text(primary, "select pg_current_wal_lsn() < '0/1000000'").equals("true") && i < 30; i++) {
                Sql.execute(primary, "select pg_switch_wal(); insert into ticks values (1)");
            }
            caughtUp();
            var asked = notes.asked();
            Expect.equal("Note 21, which the standby has", Optional.of(old), notes.read("A read", 21, token), "It has replayed it.");
            Expect.equal("Statements on the primary, for a read whose save the standby has replayed, some megabytes of WAL ago", 0, notes.asked() - asked, "How are two positions compared, and as what?");
            Expect.equal("Statements on the primary, for a read of what the standby has replayed last", 0, askedForTheLast(notes, old), "It is exactly as far as the token says.");
            paused(() -> {
                notes.save(22, "by somebody else");
                var now = notes.asked();
                Expect.equal("Note 21, with its token, when only others have saved since", Optional.of(old), notes.read("A read in the pause", 21, token), "It has replayed it.");
                Expect.equal("Note 21, without a token", Optional.of(old), notes.read("A read in the pause", 21, ""), "Whoever has saved nothing misses nothing.");
                Expect.equal("Note 22, without a token", Optional.empty(), notes.read("A read in the pause", 22, ""), "Whoever has saved nothing misses nothing.");
                Expect.equal("Statements on the primary, for three reads that the standby could answer although it is behind", 0, notes.asked() - now,
                    "Is the question how far behind it is, or whether it has what this reader saved?");
            });
        }
    }

    /** Statements on the primary, for a read while the standby is as far as the save was and no further. The server writes WAL of its own once in a while; then again. */
    private static int askedForTheLast(Notes notes, String note) throws Exception {
        for (int i = 0; i < 5; i++) {
            var last = notes.save(23, note);
            caughtUp();
            var asked = notes.asked();
            var replayed = Sql.text(standby, REPLAYED);
            notes.read("A read", 23, last);
            if (Sql.text(standby, REPLAYED).equals(replayed)) {
                return notes.asked() - asked;
            }
        }
        return 0;
    }

    @Test @Needs({"standsStill", "onTheStandby"}) @Hint(2) @Promises("own-writes") @DisplayName("a token stands for the commit, also where that takes a while")
    void slowCommit() throws Exception {
        var random = RandomData.create();
        var before = random.word(12);
        var after = random.word(12);
        Sql.execute(primary, """
            create table if not exists ticks (n int);
            create function wait_for_the_gate() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(13); return null; end';
            create constraint trigger slow_commit after insert or update on notes deferrable initially deferred
              for each row execute function wait_for_the_gate()""");
        try (var notes = new Notes(); var gate = Sql.connect(primary)) {
            notes.save(61, before);
            Sql.execute(gate, "select pg_advisory_lock(13)");
            var save = Task.start(() -> notes.answer.save(61, after));
            authors("The save that waits at its commit", () -> Sql.number(primary, "select count(*) from pg_locks where locktype = 'advisory' and not granted") == 1);
            Sql.execute(primary, "insert into ticks values (1)");   // what the save has written so far goes to the standby
            paused(() -> {
                Sql.execute(gate, "select pg_advisory_unlock(13)");
                if (save.outcome(LONG) instanceof Task.Outcome.Value<String>(var token)) {
                    Expect.equal("A note that was changed, when the standby has replayed all but the commit", Optional.of(after), notes.read("A read in the pause", 61, token),
                        "From which moment on can the standby show it? Where was the WAL then?");
                } else {
                    Expect.that("A save whose commit takes a while", false, "a token", save.outcome(LONG), "The commit may wait for a trigger.");
                }
            });
        } finally {
            Sql.execute(primary, "drop trigger slow_commit on notes; drop function wait_for_the_gate()");
        }
    }

    @Test @Needs("standsStill") @Hint(2) @Promises("own-writes") @DisplayName("a token stands for the commit, also where a commit does not wait for the disk")
    void commitThatDoesNotWait() throws Exception {
        var random = RandomData.create();
        synchronousCommit("off");
        try (var notes = new Notes()) {
            for (int i = 0; i < 20; i++) {
                var note = random.word(12);
                var token = notes.save(71, note);
                Expect.equal("A note that was changed with synchronous_commit = off, read with the token of the change", Optional.of(note), notes.read("A read", 71, token),
                    "What is committed and not written yet, the standby cannot have. Which of the primary's positions counts it?");
            }
        } finally {
            synchronousCommit("on");
        }
    }

    private static void synchronousCommit(String value) throws Exception {
        Sql.execute(primary, "alter system set synchronous_commit = " + value);
        Sql.execute(primary, "select pg_reload_conf()");
        authors("The primary's setting", () -> Sql.text(primary, "show synchronous_commit").equals(value));
    }

    @Test @Needs("standsStill") @Hint(2) @Promises("in-time") @DisplayName("there is an answer in time, also when the standby is gone")
    void gone() throws Exception {
        var random = RandomData.create();
        var note = random.word(12);
        try (var notes = new Notes()) {
            var earlier = notes.save(31, note);
            second.stop();
            try {
                Expect.equal("Note 31, when the standby cannot be reached", Optional.of(note), notes.read("A read without the standby", 31, earlier), "Who else has it?");
                Expect.equal("The same, without a token", Optional.of(note), notes.read("A read without the standby and without a token", 31, ""), "Who else has it?");
            } finally {
                second.start();
                caughtUp();
            }
        }
    }

    /** The answer as another program has it. */
    private static final class Reader implements BiFunction<WatchedDataSource[], String, Optional<String>> {
        @Override public Optional<String> apply(WatchedDataSource[] pools, String token) {
            try {
                return new NotesOnTwoServers(pools[0].source(), pools[1].source()).read(41, token);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test @Needs("standsStill") @Promises("any-instance") @DisplayName("a token holds in another program")
    @SuppressWarnings("unchecked")
    void another() throws Exception {
        var note = RandomData.create().word(12);
        try (var notes = new Notes(); var others = new Notes()) {
            notes.save(41, "before");
            paused(() -> {
                var token = notes.save(41, note);
                Expect.equal("Note 41, read by another object of the class", Optional.of(note), others.read("A read in the pause", 41, token), "What does the one who reads know of the one who saved?");
                var other = OtherProcess.start(Reader.class, BiFunction.class);
                var pools = new WatchedDataSource[] {others.writing, others.reading};
                Expect.equal("Note 41, read by another program", Optional.of(note), inTime("A read in the pause", () -> (Optional<String>) other.apply(pools, token)),
                    "What does the one who reads know of the one who saved?");
            });
        }
    }

    @Test @Needs({"standsStill", "gone"}) @Promises("gives-back") @DisplayName("every connection goes back")
    void givesBack() throws Exception {
        try (var notes = new Notes()) {
            var token = notes.save(51, "kept");
            caughtUp();
            notes.read("A read", 51, token);
            open("after a save and a read on the standby", notes);
            Expect.sqlState("A note that is NULL", "23502", () -> notes.answer.save(51, null), "What the database refuses, the caller must hear.");
            open("after a save that was refused", notes);
            paused(() -> {
                var fresh = notes.save(51, "changed");
                notes.read("A read in the pause", 51, fresh);
            });
            open("after a read that the standby could not answer", notes);
            caughtUp();
            Sql.execute(primary, "alter table notes rename to renamed");
            try {
                caughtUp();
                Expect.sqlState("A read of a table that is not there", "42P01", () -> notes.answer.read(51, ""), "What no server can answer, the caller must hear.");
                open("after a read that failed", notes);
            } finally {
                Sql.execute(primary, "alter table renamed rename to notes");
            }
        }
    }

    @Test @Needs("givesBack") @Promises("gives-back") @DisplayName("also where the thread is interrupted while it waits for the standby")
    void givesBackWhenInterrupted() throws Exception {
        try (var notes = new Notes()) {
            paused(() -> {
                var fresh = notes.save(52, "changed");
                var reading = Task.start(() -> notes.answer.read(52, fresh));
                Task.until(Duration.ofSeconds(1), () -> reading.isWaiting() || reading.isDone());
                reading.interrupt();
                reading.outcome(Duration.ofSeconds(10)); // whatever it is, the caller has it
            });
            open("after a read whose thread was interrupted", notes);
        }
    }

    /** Whoever has given up waiting for the standby may have it closed a moment later, by a thread that still waits. */
    private static void open(String when, Notes notes) throws Exception {
        Task.until(Duration.ofSeconds(4), () -> notes.writing.open() + notes.reading.open() == 0);
        Expect.equal("Connections to the primary that are still lent, " + when, 0, notes.writing.open(), "Who closes it, on this way?");
        Expect.equal("Connections to the standby that are still lent, " + when, 0, notes.reading.open(), "Who closes it, on this way?");
    }

    /** The servers say positions that are so much greater that the next megabyte goes over a boundary of 4 GB, where the first of the two numbers changes. */
    @Test @Needs({"standsStill", "onTheStandby"}) @Hint(2) @Promises("own-writes") @DisplayName("also where a position goes over four gigabytes")
    void fourGigabytes() throws Exception {
        var greater = Sql.text(primary, "select (4294967296 - mod(pg_current_wal_lsn() - '0/0', 4294967296) - 1000000)::text");
        var functions = new StringBuilder("create schema greater;\n");
        for (var name : java.util.List.of("pg_current_wal_lsn", "pg_current_wal_insert_lsn", "pg_current_wal_flush_lsn", "pg_last_wal_replay_lsn", "pg_last_wal_receive_lsn")) {
            functions.append("create function greater.%1$s() returns pg_lsn language sql as 'select pg_catalog.%1$s() + %2$s';\n".formatted(name, greater));
        }
        var before = "before the boundary";
        var after = "after the boundary";
        Sql.execute(primary, functions + "alter database postgres set search_path = greater, pg_catalog, public");
        caughtUp();
        try (var notes = new Notes()) {
            notes.save(91, before);
            paused(() -> {
                Sql.execute(primary, "select pg_logical_emit_message(false, 'verifier', repeat('x', 1200000))");
                var token = notes.save(91, after);
                Expect.equal("A note that was changed, when the standby has replayed what is before a boundary of 4 GB, and the change is after it", Optional.of(after),
                    notes.read("A read in the pause", 91, token), "1/10 is more than 0/FFFFFFF0. How are two positions compared, and as what?");
            });
        } finally {
            Sql.execute(primary, "alter database postgres reset search_path; drop schema greater cascade");
        }
    }
}

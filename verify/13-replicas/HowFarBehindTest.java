import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import lab.Login;
import lab.cluster.OwnCluster;
import lab.cluster.OwnClusters;
import org.junit.jupiter.api.*;

/** Judges 13.4 on a primary and a standby of its own, which is paused, cut off, stopped and promoted, by a clock that the verifier turns. */
class HowFarBehindTest {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static String unfit = "";
    private static OwnClusters clusters;
    private static OwnCluster second;
    private static Login primary;
    private static Login standby;
    private static String toPrimary;
    /** The verifier's own sessions: a new one for each question would cost more than the question. */
    private static Connection onPrimary;
    private static Connection onStandby;

    @BeforeAll static void open(PostgresPrograms programs) throws Exception {
        unfit = programs.reasonUnavailable();
        if (unfit.isEmpty()) {
            clusters = programs.clusters();
            var first = clusters.create("primary");
            first.set(Map.of("autovacuum", "off", "checkpoint_timeout", "1h"));
            first.start();
            primary = first.admin();
            onPrimary = Sql.connect(primary);
            Sql.execute(onPrimary, "create table notes (note text)");
            second = clusters.standby(first, "standby");
            second.start();
            standby = second.admin();
            onStandby = Sql.connect(standby);
            toPrimary = text(onStandby, "show primary_conninfo");
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

    private static void authors(String what, Task.Condition condition) throws Exception {
        Expect.that(what, Task.until(LONG, condition), "so within some seconds", "not so", "This is not your fault; please tell the authors.");
    }

    private static Object value(Connection connection, String sql, Object... parameters) throws SQLException {
        return Rows.query(connection, sql, parameters).values().getFirst().getFirst();
    }

    private static long number(Connection connection, String sql, Object... parameters) throws SQLException {
        return ((Number) value(connection, sql, parameters)).longValue();
    }

    private static String text(Connection connection, String sql, Object... parameters) throws SQLException {
        return value(connection, sql, parameters).toString();
    }

    private static void write(int kilobytes) throws SQLException {
        Rows.query(onPrimary, "select count(pg_logical_emit_message(true, 'filler', repeat('x', 1024))) from generate_series(1, ?)", kilobytes);
    }

    private static long written() throws SQLException {
        return number(onPrimary, "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
    }

    private static long replayed() throws SQLException {
        return number(onStandby, "select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')");
    }

    private static void caughtUp() throws Exception {
        var end = written();
        authors("The verifier's standby follows", () -> replayed() >= end);
    }

    private static void pause() throws Exception {
        Sql.execute(onStandby, "select pg_wal_replay_pause()");
        authors("The verifier's pause", () -> text(onStandby, "select pg_get_wal_replay_pause_state()").equals("paused"));
    }

    private static void resume() throws SQLException {
        Sql.execute(onStandby, "select pg_wal_replay_resume()");
    }

    private static void startAgain() throws SQLException {
        second.start();
        onStandby = Sql.connect(standby);
    }

    /** Pulls the cable: a standby whose replay is paused would not do so by itself. */
    private static void cut() throws Exception {
        connectTo("");
        authors("The verifier's cable", () -> {
            Rows.query(onPrimary, "select pg_terminate_backend(pid, 1000) from pg_stat_replication");
            return number(onPrimary, "select count(*) from pg_stat_replication") == 0 && number(onStandby, "select count(*) from pg_stat_wal_receiver") == 0;
        });
    }

    private static void connectTo(String conninfo) throws SQLException {
        Sql.execute(onStandby, "alter system set primary_conninfo = '" + conninfo + "'");
        Sql.execute(onStandby, "select pg_reload_conf()");
    }

    /** When there was a look that reached the primary, and where that was. */
    private record Look(Instant at, long before, long after) { }

    /** An answer with its pools, and a clock that stands still unless it is turned. */
    private static final class Looking implements AutoCloseable {
        private final WatchedDataSource writing;
        private final WatchedDataSource reading;
        private Instant now = Instant.parse("2031-05-01T00:00:00.25Z");
        private final Lag answer;
        private final List<Look> looks = new ArrayList<>();
        /** Whether a server refuses connections. */
        private boolean primaryIsGone;
        private boolean standbyIsGone;
        /** Whether the standby's pool leads to the primary. */
        private boolean bothLeadToThePrimary;

        Looking() {
            this(primary, standby);
        }

        Looking(Login first, Login second) {
            writing = new WatchedDataSource(first, method -> refuse(primaryIsGone, method));
            reading = new WatchedDataSource(second, method -> refuse(standbyIsGone, method));
            answer = new Lag(writing.source(), second(), (InstantSource) () -> now);
        }

        private DataSource second() {
            return (DataSource) Proxy.newProxyInstance(HowFarBehindTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                try {
                    return method.invoke(bothLeadToThePrimary ? writing.source() : reading.source(), arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }

        private static void refuse(boolean isGone, String method) throws SQLException {
            if (isGone && method.equals("getConnection")) {
                throw new SQLException("Connection refused", "08001");
            }
        }

        Looking after(long seconds) {
            now = now.plusSeconds(seconds).plusMillis(seconds == 0 ? 0 : 130); // a job is never called at the second
            return this;
        }

        Optional<Lag.Behind> look(String when) throws Exception {
            var found = Expect.within("A look " + when, LONG, answer::look);
            Expect.that("What a look returns " + when, found != null, "an Optional", "null", "What says that nothing is known?");
            return found;
        }

        /** What the verifier reckons itself; before and after, because the server writes something by itself once in a while. */
        void finds(String when, String lookAt) throws Exception {
            long replayedBefore = replayed();
            long before = written();
            var found = look(when);
            long after = written();
            long replayedAfter = replayed();
            looks.add(new Look(now, before, after));
            Expect.that("What a look returns " + when, found.isPresent(), "a lag", "nothing", "Both servers answer.");
            between("Bytes " + when, Math.max(0, before - replayedAfter), found.get().bytes(), Math.max(0, after - replayedBefore), "How far is the primary, and how far has the standby replayed?");
            between("Time " + when, since(replayedAfter, Look::before), found.get().time(), since(replayedBefore, Look::after), lookAt);
        }

        private static <T extends Comparable<T>> void between(String what, T least, T actual, T most, String lookAt) {
            Expect.that(what, least.compareTo(actual) <= 0 && actual.compareTo(most) <= 0, least.equals(most) ? least : least + " to " + most, actual, lookAt);
        }

        private Duration since(long replayed, ToLongFunction<Look> position) {
            return looks.stream().filter(look -> position.applyAsLong(look) > replayed).map(Look::at).findFirst()
                .map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
        }

        void findsNothing(String when) throws Exception {
            long before = written();
            Expect.equal("What a look returns " + when, Optional.empty(), look(when), "Who could know it at that moment?");
            if (!primaryIsGone) {
                looks.add(new Look(now, before, written()));
            }
        }

        @Override public void close() throws SQLException {
            writing.close();
            reading.close();
        }
    }

    private static final String SINCE = "Which look found the primary first where the standby is not yet?";

    @Test @Promises({"level", "cut-off"}) @DisplayName("nothing is missing where all is replayed, however quiet it is")
    void level() throws Exception {
        caughtUp();
        try (var looking = new Looking()) {
            looking.finds("when all is replayed", "What is missing on the standby?");
            looking.after(3600).finds("after a quiet hour", "What is missing on the standby?");
            write(RandomData.create().number(5, 50));
            caughtUp();
            looking.after(1).finds("after a quiet hour and something new, which is replayed", "What is missing on the standby?");
        }
    }

    @Test @Needs("level") @Promises("bytes") @DisplayName("it is never less than nothing, whoever writes between two questions")
    void neverNegative() throws Exception {
        caughtUp();
        var writes = new boolean[1];
        try (var writing = new WatchedDataSource(primary, method -> writeMeanwhile(writes, method)); var reading = new WatchedDataSource(standby, method -> writeMeanwhile(writes, method))) {
            var answer = new Lag(writing.source(), reading.source(), InstantSource.fixed(Instant.EPOCH));
            writes[0] = true;
            for (int i = 0; i < 2; i++) {
                var found = Expect.within("A look", LONG, answer::look);
                Expect.that("Bytes, when somebody writes and the standby replays between two questions", found.isPresent() && found.get().bytes() >= 0, "0 or more", found,
                    "Which of the two is asked first?");
                Expect.equal("Time, when somebody writes and the standby replays between two questions", Duration.ZERO, found.get().time(), "Can it be ahead?");
            }
        }
    }

    private static void writeMeanwhile(boolean[] writes, String method) throws SQLException {
        if (writes[0] && List.of("getConnection", "createStatement", "prepareStatement").contains(method)) {
            try {
                write(2);
                caughtUp();
            } catch (SQLException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test @Needs("level") @Promises("gives-back") @DisplayName("every connection goes back")
    void givesBack() throws Exception {
        try (var looking = new Looking()) {
            looking.look("");
            Expect.equal("Connections that are lent after a look", 0, looking.writing.open() + looking.reading.open(), "Who closes it?");
            for (var oneIsGone : List.of(true, false)) {
                looking.primaryIsGone = oneIsGone;
                looking.standbyIsGone = !oneIsGone;
                looking.look("when one cannot be reached");
                Expect.equal("Connections that are lent after a look when the " + (oneIsGone ? "primary" : "standby") + " cannot be reached", 0,
                    looking.writing.open() + looking.reading.open(), "Who closes it, on this way?");
            }
        }
        try (var looking = new Looking(standby, primary)) {
            looking.look("when both are not what they are taken for");
            Expect.equal("Connections that are lent after a look at servers that refuse what it asks", 0, looking.writing.open() + looking.reading.open(), "Who closes it, on this way?");
        }
    }

    @Test @Needs("level") @Hint(1) @Promises({"bytes", "time", "cut-off"}) @DisplayName("a lag is told while replay is paused")
    void paused() throws Exception {
        var random = RandomData.create();
        caughtUp();
        try (var looking = new Looking()) {
            looking.finds("before the pause", "What is missing on the standby?");
            pause();
            try {
                looking.after(7200).finds("in a pause of two hours in which nobody writes", "What is missing on the standby?");
                write(random.number(5, 50));
                looking.after(10).finds("that is the first after a write in the pause", SINCE);
                int seconds = random.number(20, 200);
                looking.after(seconds).finds(seconds + " seconds later", SINCE);
                write(random.number(5, 50));
                looking.after(5).finds("after 5 more, and another write", SINCE);
                looking.after(5).finds("after 5 more", SINCE);
            } finally {
                resume();
            }
            caughtUp();
            looking.after(1).finds("after the pause", "What is missing on the standby?");
            pause();
            try {
                looking.after(60).finds("in a second pause", SINCE);
                write(3);
                looking.after(60).finds("that is the first after a write in the second pause", SINCE);
                looking.after(3).finds("3 seconds later", SINCE);
                for (int i = 0; i < 100; i++) {
                    write(1);
                    looking.after(1).finds("after one more of many writes", SINCE);
                }
            } finally {
                resume();
            }
        }
    }

    @Test @Needs("paused") @Promises("time") @DisplayName("a lag of ten minutes is told as one of a second is")
    void remembers() throws Exception {
        caughtUp();
        try (var looking = new Looking()) {
            pause();
            try {
                write(1);
                looking.finds("that finds a first write", SINCE);
                for (int i = 0; i < 620; i++) {
                    Sql.execute(onPrimary, "select pg_logical_emit_message(true, 'filler', 'x')");
                    looking.after(1).look("after one more of many writes");
                }
                looking.after(1).finds("after 620 more, of which each was found by a look", SINCE);
            } finally {
                resume();
            }
        }
    }

    @Test @Needs("paused") @Hint(2) @Promises({"bytes", "time", "cut-off"}) @DisplayName("a standby without its primary is behind, more and more; what it still replays counts")
    void cutOff() throws Exception {
        caughtUp();
        try (var looking = new Looking()) {
            looking.finds("before", "What is missing on the standby?");
            pause();
            write(4);
            looking.after(10).finds("that finds a first write", SINCE);
            var received = written();
            authors("The verifier's standby receives", () -> text(onStandby, "select (pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0') >= ?)::text", received).equals("true"));
            try {
                cut();
                write(4);
                looking.after(10).finds("that finds a second write, of which the standby gets nothing", SINCE);
                write(4);
                looking.after(10).finds("that finds a third write", SINCE);
                resume();
                authors("The verifier's standby replays what it has", () -> replayed() >= received);
                looking.after(10).finds("when the standby has replayed the first of three writes", SINCE);
                looking.after(3600).finds("an hour later", SINCE);
            } finally {
                resume();
                connectTo(toPrimary);
            }
            caughtUp();
            looking.after(1).finds("when the standby is connected again", "What is missing on the standby?");
        }
    }

    @Test @Needs("cutOff") @Hint(2) @Promises({"unknown", "cut-off"}) @DisplayName("what nobody can know is empty; a standby that was gone is behind since the first write that it lacks")
    void gone() throws Exception {
        caughtUp();
        try (var looking = new Looking()) {
            looking.primaryIsGone = true;
            looking.findsNothing("when the primary has never been reached");
            looking.primaryIsGone = false;
            looking.standbyIsGone = true;
            looking.after(1).findsNothing("when the standby has never been reached");
            looking.standbyIsGone = false;
            looking.after(1).finds("when both are there", "What is missing on the standby?");
            Sql.execute(onPrimary, "checkpoint"); // the standby will start here, and replay no transaction again
            caughtUp();
            try {
                cut();
                looking.reading.close(); // its pool shall not keep dead connections
                second.stop();
                looking.standbyIsGone = true;
                looking.after(1).findsNothing("when the standby is stopped");
                write(8);
                looking.after(10).findsNothing("when the standby is stopped, and the primary writes");
                write(8);
                looking.after(10).findsNothing("when the standby is stopped, and the primary writes once more");
                startAgain();
                looking.standbyIsGone = false;
                var end = replayed();
                authors("The verifier's standby has replayed what it has", () -> replayed() == end && text(onStandby, "select (pg_last_xact_replay_timestamp() is null)::text").equals("true"));
                looking.after(10).finds("when the standby is started again, without its primary", SINCE);
                looking.primaryIsGone = true;
                looking.after(10).findsNothing("when the primary cannot be reached");
                looking.primaryIsGone = false;
                looking.after(10).finds("when the primary is back", SINCE);
            } finally {
                if (looking.standbyIsGone) {
                    startAgain();
                }
                connectTo(toPrimary);
            }
            caughtUp();
            looking.after(1).finds("when all is well again", "What is missing on the standby?");
        }
    }

    @Test @Needs("gone") @Hint(2) @Promises("unknown") @DisplayName("a pool that leads to the primary for a moment makes nothing forgotten")
    void mixedUp() throws Exception {
        caughtUp();
        try (var looking = new Looking()) {
            pause();
            try {
                write(3);
                looking.finds("that is the first after a write in a pause", SINCE);
                looking.bothLeadToThePrimary = true;
                looking.after(5).findsNothing("when the standby's pool leads to the primary, in the pause");
                looking.bothLeadToThePrimary = false;
                looking.after(5).finds("when it leads to the standby again", SINCE);
            } finally {
                resume();
            }
        }
    }

    /** What is inserted counts: a transaction that has only a number writes its end, and nobody waits until that is on the disk. */
    private static long inserted() throws SQLException {
        return number(onPrimary, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");
    }

    @Test @Needs("level") @Promises("writes-nothing") @DisplayName("a look writes nothing")
    void writesNothing() throws Exception {
        caughtUp();
        try (var looking = new Looking()) {
            looking.after(1).look("on a quiet server");
            long least = Long.MAX_VALUE; // the server itself writes something, once in a while
            for (int i = 0; i < 5 && least > 0; i++) {
                var before = inserted();
                for (int n = 0; n < 3; n++) {
                    looking.after(1).look("on a quiet server");
                }
                least = Math.min(least, inserted() - before);
            }
            Expect.equal("Bytes of WAL that three looks cost", 0L, least, "What does each second cost, all through the night?");
        }
    }

    @Test @Needs("gone") @Hint(2) @Promises("unknown") @DisplayName("nothing is said of servers that are not what they are taken for")
    void promoted() throws Exception {
        caughtUp();
        try (var swapped = new Looking(standby, primary); var looking = new Looking()) {
            swapped.findsNothing("when the two are mixed up");
            looking.finds("before the promotion", "What is missing on the standby?");
            Rows.query(onStandby, "select pg_promote()");
            looking.after(1).findsNothing("when the standby has been promoted");
            write(4);
            looking.after(1).findsNothing("some time after the promotion");
        }
    }
}

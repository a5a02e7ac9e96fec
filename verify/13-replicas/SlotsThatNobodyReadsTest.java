import grading.*;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.*;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import lab.Login;
import lab.cluster.OwnCluster;
import lab.cluster.OwnClusters;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Judges 13.5 on a server of its own, with slots of all kinds: by which of them are there afterwards. */
class SlotsThatNobodyReadsTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final long MB = 1024 * 1024;
    private static String unfit = "";
    private static OwnClusters clusters;
    private static Login admin;
    private static Login other;
    /** The verifier's own: a new one for each question would cost more than the question. */
    private static Connection session;

    @BeforeAll static void open(PostgresPrograms programs) throws Exception {
        unfit = programs.reasonUnavailable();
        if (unfit.isEmpty()) {
            clusters = programs.clusters();
            OwnCluster server = clusters.create("primary");
            server.set(Map.of("wal_level", "logical", "autovacuum", "off", "checkpoint_timeout", "1h", "max_wal_size", "2MB",
                "max_replication_slots", "40", "max_wal_senders", "20"));
            server.start();
            admin = server.admin();
            session = Sql.connect(admin);
            Sql.execute(session, "create database other");
            Sql.execute(session, "create publication everything for all tables");
            Sql.execute(session, "create role guest login password '" + admin.password() + "'");
            other = new Login(admin.url().replaceFirst("/postgres$", "/other"), admin.user(), admin.password());
        }
    }

    @AfterAll static void close() {
        if (clusters != null) {
            clusters.close();
        }
    }

    @BeforeEach void notHere() throws Exception {
        Assumptions.assumeTrue(unfit.isEmpty(), unfit);
        // Whoever used a slot may be a moment behind in leaving it.
        Task.until(LONG, () -> number("select count(*) from pg_replication_slots where active") == 0);
        clear();
    }

    private static void clear() throws SQLException {
        Sql.execute(session, "select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active");
    }

    private static Object value(String sql, Object... parameters) throws SQLException {
        return Rows.query(session, sql, parameters).values().getFirst().getFirst();
    }

    private static long number(String sql, Object... parameters) throws SQLException {
        return ((Number) value(sql, parameters)).longValue();
    }

    private static String text(String sql, Object... parameters) throws SQLException {
        return value(sql, parameters).toString();
    }

    /** They begin at the last checkpoint, so there is one now. */
    private static void physical(String... names) throws SQLException {
        Sql.execute(session, "checkpoint");
        for (var name : names) {
            Rows.query(session, "select pg_create_physical_replication_slot(?, true)", name);
        }
    }

    private static void logical(Login database, String name) throws SQLException {
        Sql.query(database, "select pg_create_logical_replication_slot(?, 'pgoutput')", name);
    }

    /** So much WAL, and some more. */
    private static void write(int megabytes) throws SQLException {
        Sql.execute(session, "select pg_logical_emit_message(false, 'filler', repeat('x', 1024 * 1024)) from generate_series(1, " + megabytes + ")");
    }

    private static Set<String> slots() throws SQLException {
        return Rows.query(session, "select slot_name::text from pg_replication_slots").values().stream()
            .map(row -> row.getFirst().toString()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> dropForgotten(String what, DataSource source, long bytes) throws Exception {
        try {
            return Expect.within(what, LONG, () -> new Slots(source).dropForgotten(bytes));
        } catch (SQLException e) {
            Expect.that(what, false, "names", e.getSQLState() + " " + e.getMessage(), "Which slot does it try to drop, and who has it?");
            throw e;
        }
    }

    /** Of the slots these are dropped, no others, and these are named. */
    private static void drops(String what, long bytes, Set<String> expected, String lookAt) throws Exception {
        var before = slots();
        try (var pool = new WatchedDataSource(admin)) {
            var named = dropForgotten(what, pool.source(), bytes);
            before.removeAll(slots());
            Expect.equal(what + ": the slots that are gone", new TreeSet<>(expected), before, lookAt);
            Expect.equal(what + ": the names it returns", new TreeSet<>(expected), new TreeSet<>(named), "Which of them has it dropped?");
        }
    }

    @Test @Hint(2) @Promises({"too-much", "little", "says"}) @DisplayName("what keeps too much is dropped, and nothing else")
    void tooMuch() throws Exception {
        var word = RandomData.create().word(8).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "x");
        physical("old_" + word, "old_standby");
        logical(admin, "old_logical");
        logical(other, "old_" + word + "_of_another_database");
        write(4);
        physical("new_" + word);
        logical(admin, "new_logical");
        logical(other, "new_logical_of_another_database");
        Sql.execute(session, "select pg_create_physical_replication_slot('never_connected')");
        drops("A bound of 8 GB, with slots that keep 4 MB or less", 8 * 1024 * MB, Set.of(), "How much does each of them keep?");
        drops("A bound of 2 MB, with slots that keep 4 MB, and others that keep little or nothing", 2 * MB,
            Set.of("old_" + word, "old_standby", "old_logical", "old_" + word + "_of_another_database"),
            "From which position on is WAL kept for a slot, and where is the server now? Of which kind is each of them?");
        write(1);
        drops("A bound of 0", 0, Set.of("new_" + word, "new_logical", "new_logical_of_another_database"), "A slot that has never been used keeps nothing.");
    }

    @Test @Needs("tooMuch") @Promises({"too-much", "little"}) @DisplayName("the bound is meant to the byte")
    void toTheByte() throws Exception {
        Expect.equal("A slot that keeps as many bytes as it may is there afterwards", true, staysWithOneThatKeeps(0), "What does \"more than so many\" say?");
        Expect.equal("A slot that keeps one byte too many is there afterwards", false, staysWithOneThatKeeps(1), "What does \"more than so many\" say?");
    }

    /** The server writes something by itself, once in a while; then it is tried again. */
    private static boolean staysWithOneThatKeeps(long bytesTooMany) throws Exception {
        for (int i = 0; i < 30; i++) {
            clear();
            physical("exact");
            write(1);
            var before = position();
            var kept = number("select pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) from pg_replication_slots");
            try (var pool = new WatchedDataSource(admin)) {
                dropForgotten("A bound of what the slot keeps", pool.source(), kept - bytesTooMany);
            }
            var stays = slots().contains("exact");
            if (stays && bytesTooMany == 0 || position() == before) {
                return stays;
            }
        }
        Expect.that("A quiet server", false, "it writes nothing by itself for a moment", "it does", "This is not your fault; please tell the authors.");
        return false;
    }

    private static long position() throws SQLException {
        return number("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
    }

    @Test @Needs("tooMuch") @Hint(2) @Promises({"lost", "little"}) @DisplayName("what is lost is dropped")
    void lost() throws Exception {
        physical("lost_physical");
        logical(admin, "lost_logical");
        write(3);
        physical("kept_a_little");
        write(1);
        Sql.execute(session, "select pg_create_physical_replication_slot('never_connected')");
        Sql.execute(session, "checkpoint"); // so that none is due
        keepAtMost("2MB");
        try {
            if (count("unreserved") == 2) {
                drops("A bound of 8 GB, with two slots that the next checkpoint will lose", 8 * 1024 * MB, Set.of(), "Is a slot lost that can still be read?");
            }
            Expect.that("The verifier's slots are lost", Task.until(LONG, SlotsThatNobodyReadsTest::twoAreLost),
                "two of them", Rows.query(session, "select slot_name, wal_status from pg_replication_slots"), "This is not your fault; please tell the authors.");
        } finally {
            keepAtMost("-1");
        }
        drops("A bound of 8 GB, with two slots that are lost", 8 * 1024 * MB, Set.of("lost_physical", "lost_logical"), "What does the server say of the WAL they need?");
    }

    /** After a checkpoint of its own each time: the checkpointer may read a new bound later than the session does that asks for it. */
    private static boolean twoAreLost() throws SQLException {
        Sql.execute(session, "checkpoint");
        return count("lost") == 2;
    }

    private static long count(String walStatus) throws SQLException {
        return number("select count(*) from pg_replication_slots where wal_status = ?", walStatus);
    }

    private static void keepAtMost(String size) throws Exception {
        Sql.execute(session, "alter system set max_slot_wal_keep_size = '" + size + "'");
        Sql.execute(session, "select pg_reload_conf()");
        Task.until(LONG, () -> text("show max_slot_wal_keep_size").equals(size));
    }

    /** Somebody reads from a slot, for as long as this is open. */
    private record Reader(Connection connection, PGReplicationStream stream) implements AutoCloseable {
        static Reader of(String slot, boolean isLogical) throws SQLException {
            var from = LogSequenceNumber.valueOf(text("select restart_lsn::text from pg_replication_slots where slot_name = ?", slot));
            var properties = new Properties();
            PGProperty.USER.set(properties, admin.user());
            PGProperty.PASSWORD.set(properties, admin.password());
            PGProperty.REPLICATION.set(properties, isLogical ? "database" : "true");
            PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
            PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
            var connection = DriverManager.getConnection(admin.url(), properties);
            try {
                var streams = connection.unwrap(PGConnection.class).getReplicationAPI().replicationStream();
                return new Reader(connection, isLogical
                    ? streams.logical().withSlotName(slot).withStartPosition(from).withSlotOption("proto_version", 1).withSlotOption("publication_names", "everything").start()
                    : streams.physical().withSlotName(slot).withStartPosition(from).start());
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        boolean reads() throws SQLException {
            stream.readPending();
            return true;
        }

        @Override public void close() throws SQLException {
            connection.close();
        }
    }

    @Test @Needs("tooMuch") @Promises("in-use") @DisplayName("what is in use stays, with who uses it")
    void inUse() throws Exception {
        physical("used_physical", "forgotten");
        logical(admin, "used_logical");
        try (var owner = Sql.connect(admin)) {
            Sql.execute(owner, "select pg_create_physical_replication_slot('used_temporary', true, true)");
            try (var first = Reader.of("used_physical", false); var second = Reader.of("used_logical", true)) {
                write(4);
                drops("A bound of 2 MB, with slots that are in use and keep more", 2 * MB, Set.of("forgotten"), "Who needs what they keep?");
                Expect.works("Reading on from the physical slot", first::reads, "Who uses it may go on.");
                Expect.works("Reading on from the logical slot", second::reads, "Who uses it may go on.");
                Expect.equal("Slots in use afterwards that still keep all they did", 3L,
                    number("select count(*) from pg_replication_slots where active and pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > ?", 4 * MB),
                    "Who needs what they keep?");
                Expect.equal("What bounds the slots, afterwards", "-1", text("show max_slot_wal_keep_size"), "What else does a setting of the server concern?");
            }
        }
    }

    @Test @Needs({"tooMuch", "inUse"}) @Hint(1) @Promises("too-much") @DisplayName("a slot that was read keeps WAL for a transaction that has not ended")
    void keptForATransaction() throws Exception {
        logical(admin, "read_to_the_end");
        try (var open = Sql.connect(admin)) {
            open.setAutoCommit(false);
            Sql.execute(open, "select pg_logical_emit_message(true, 'filler', 'x')");
            write(4);
            Sql.execute(session, "select pg_replication_slot_advance('read_to_the_end', pg_current_wal_lsn())");
            drops("A bound of 2 MB, with a logical slot that was read to the end and keeps 4 MB for an open transaction", 2 * MB, Set.of("read_to_the_end"),
                "From which position on is WAL kept for a slot?");
            open.rollback();
        }
    }

    /** Calls back once, when so many statements have been executed. */
    private static final class Hooked {
        private final DataSource real;
        private final Expect.Work hook;
        private int left;

        Hooked(DataSource real, int executions, Expect.Work hook) {
            this.real = real;
            this.left = executions;
            this.hook = hook;
        }

        DataSource source() {
            return on(DataSource.class, real);
        }

        private <T> T on(Class<T> type, Object behind) {
            return type.cast(Proxy.newProxyInstance(Hooked.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> called(behind, method, arguments)));
        }

        private Object called(Object behind, Method method, Object[] arguments) throws Throwable {
            try {
                var result = method.invoke(behind, arguments);
                if (behind instanceof Statement && method.getName().startsWith("execute") && --left == 0) {
                    hook.run();
                }
                return result instanceof Connection || result instanceof Statement ? on(method.getReturnType().asSubclass(Object.class), result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @Test @Needs("inUse") @Hint(2) @Promises({"goes-on", "says"}) @DisplayName("it goes on when a slot is no longer there, or in use since a moment ago")
    void goesOn() throws Exception {
        for (int executions = 1; executions <= 2; executions++) {
            physical("a_first", "b_used", "c_gone", "d_used", "e_gone", "f_last");
            write(2);
            var expected = new TreeSet<>(slots());
            var readers = new ArrayList<Reader>();
            try (var pool = new WatchedDataSource(admin)) {
                var hooked = new Hooked(pool.source(), executions, () -> {
                    for (var used : List.of("b_used", "d_used")) {
                        if (slots().contains(used)) {
                            readers.add(Reader.of(used, false));
                            expected.remove(used);
                        }
                    }
                    for (var gone : List.of("c_gone", "e_gone")) {
                        if (slots().contains(gone)) {
                            Rows.query(session, "select pg_drop_replication_slot(?)", gone);
                            expected.remove(gone);
                        }
                    }
                });
                var what = "Slots of which two come into use, and two are dropped by somebody else, while it works";
                var named = dropForgotten(what, hooked.source(), MB);
                var still = slots();
                Expect.equal(what + ": those that are still there", readers.isEmpty() ? List.of() : List.of("b_used", "d_used"), List.copyOf(still), "What about those that come after them?");
                Expect.equal(what + ": the names it returns", expected, new TreeSet<>(named), "Which of them has it dropped itself?");
            } finally {
                for (var reader : readers) {
                    reader.close();
                }
                Task.until(LONG, () -> number("select count(*) from pg_replication_slots where active") == 0);
                clear();
            }
        }
    }

    @Test @Needs("tooMuch") @Promises("passes-on") @DisplayName("other failures reach the caller")
    void passesOn() throws Exception {
        physical("forgotten");
        write(2);
        try (var pool = new WatchedDataSource(new Login(admin.url(), "guest", admin.password()))) {
            Expect.sqlState("A role that may drop nothing", "42501", () -> new Slots(pool.source()).dropForgotten(MB), "Who else would tell anybody?");
        }
        for (var method : List.of("getConnection", "prepareStatement")) {
            var failure = new SQLException("made by the verifier", method.equals("getConnection") ? "08001" : "57P01");
            try (var pool = new WatchedDataSource(admin, called -> {
                if (called.equals(method) || method.equals("prepareStatement") && called.equals("createStatement")) {
                    throw failure;
                }
            })) {
                Expect.passesOn("A failure of " + method, failure, () -> new Slots(pool.source()).dropForgotten(MB), "Who else would tell anybody?");
            }
        }
    }

    @Test @Needs("tooMuch") @Promises("gives-back") @DisplayName("its connection goes back, whatever fails")
    void givesBack() throws Exception {
        physical("forgotten");
        write(2);
        try (var pool = new WatchedDataSource(admin)) {
            new Slots(pool.source()).dropForgotten(MB);
            Expect.equal("Connections that are lent afterwards", 0, pool.open(), "Who closes it?");
        }
        physical("forgotten");
        write(2);
        try (var pool = new WatchedDataSource(new Login(admin.url(), "guest", admin.password()))) {
            try {
                new Slots(pool.source()).dropForgotten(MB);
            } catch (SQLException e) {
                // as it should be
            }
            Expect.equal("Connections that are lent after a drop that was refused", 0, pool.open(), "Who closes it, on this way?");
        }
        try (var pool = new WatchedDataSource(admin, called -> {
            if (called.equals("prepareStatement") || called.equals("createStatement")) {
                throw new SQLException("made by the verifier", "57P01");
            }
        })) {
            try {
                new Slots(pool.source()).dropForgotten(MB);
            } catch (SQLException e) {
                // as it should be
            }
            Expect.equal("Connections that are lent after a failure", 0, pool.open(), "Who closes it, on this way?");
        }
    }

    @Test @Needs("givesBack") @Promises("gives-back") @DisplayName("also where what else is done at the end fails")
    void givesBackThoughTheEndFails() throws Exception {
        for (var end : List.of("setAutoCommit", "rollback", "commit", "setReadOnly")) {
            try (var pool = new WatchedDataSource(admin, WatchedDataSource.Fault.lostUntilAfter(end))) {
                try {
                    new Slots(pool.source()).dropForgotten(MB);
                } catch (SQLException e) {
                    // as it should be
                }
                Expect.equal("Connections that are lent after a statement failed and then " + end, 0, pool.open(), "Is there a moment at which nobody would close it?");
            }
        }
    }
}

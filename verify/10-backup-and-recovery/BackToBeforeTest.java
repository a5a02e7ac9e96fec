import grading.*;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.*;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.*;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.*;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import lab.LabException;
import lab.Login;
import lab.cluster.OwnCluster;
import lab.cluster.OwnClusters;
import lab.os.Folders;
import lab.os.Platform;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Judges 10.6 on a cluster of its own, with an archive: by what is in the backup, and by what a server on a copy of it has. */
class BackToBeforeTest {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Set<String> EMPTY = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");
    private static final List<String> WITNESSES = List.of("a-file", "base/1/a-file", "global/a-file", "pg_xact/a-file", "pg_stat/a-file", "pg_logical/a-file",
        "pg_multixact/members/a-file", "pg_commit_ts/a-file");
    private static final String SLOW = "if [ -e '%s' ]; then sleep 0.3; fi; cp %%p '%s/%%f'";
    private static String unfit = Platform.isWindows() ? "Windows has too few ways to break a disk; use WSL" : "";
    private static OwnClusters clusters;
    private static OwnCluster shop;
    private static Login admin;
    private static Path data;
    private static Path archive;
    private static Path slow;
    private static Backup first;
    private static List<String> top;

    /** What came of one call. */
    private record Backup(Path folder, Optional<Throwable> failure, List<String> left, int open, int inBackupMode, TreeSet<String> archived, Set<String> files) {
        void succeeded(String what) {
            Expect.that(what, failure.isEmpty(), "no failure", failure.map(BackToBeforeTest::text).orElse(""), "What it does at that moment is in the cause.");
        }
    }

    private static String text(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    @BeforeAll static void open(PostgresPrograms programs) throws Exception {
        unfit = unfit.isEmpty() ? programs.reasonUnavailable() : unfit;
        if (unfit.isEmpty()) {
            clusters = programs.clusters();
            begin();
        }
    }

    private static void begin() throws Exception {
        archive = clusters.folder("archive");
        slow = clusters.folder("switches").resolve("slow");
        shop = clusters.create("shop");
        shop.set(Map.of("archive_mode", "on", "archive_command", SLOW.formatted(slow, archive), "track_commit_timestamp", "on", "autovacuum", "off",
            "checkpoint_timeout", "1h", "TimeZone", "UTC", "cluster_name", "the \"shop\" it's"));
        shop.start();
        admin = shop.admin();
        data = shop.data();
        Sql.execute(admin, """
            create table orders as select n as id, md5(n::text) as note from generate_series(1, 20000) n;
            update orders set note = upper(note); -- hundreds of pages for the next checkpoint
            create table events (id int generated always as identity primary key, note text);
            create table visits (id int generated always as identity primary key, note text);
            select pg_create_physical_replication_slot('standby', true)""");
        Files.delete(data.resolve("pg_snapshots"));
        Files.createSymbolicLink(data.resolve("pg_snapshots"), clusters.folder("snapshots elsewhere"));
        Files.createDirectories(data.resolve("base/pgsql_tmp"));
        for (var name : List.of("pg_dynshmem/a-file", "pg_serial/a-file", "pg_snapshots/a-file", "pg_stat_tmp/a-file", "base/pgsql_tmp/pgsql_tmp7.0", "base/1/pgsql_tmp7.1")) {
            Files.writeString(data.resolve(name), "of the process");
        }
        var bytes = new byte[1_500_000];
        new Random().nextBytes(bytes);
        Files.write(data.resolve("pg_stat/not-pgsql_tmp"), bytes);
        Files.createDirectory(data.resolve("pg_logical/an-empty-folder"));
        Files.createDirectory(data.resolve("pg_stat/pg_notify")); // the eight are those of the data folder
        Files.writeString(data.resolve("pg_stat/pg_notify/a-file"), "of the data");
    }

    @AfterAll static void close() {
        if (clusters != null) {
            clusters.close();
        }
    }

    @BeforeEach void notHere() {
        Assumptions.assumeTrue(unfit.isEmpty(), unfit);
    }

    /** What happens while an answer backs up, in its own thread: right after the start of the backup, and right before its stop. */
    private interface Meanwhile {
        void at(Connection session) throws Exception;
    }

    /** A pool that gives the session that was idle longest. */
    private static final class Pool extends PGSimpleDataSource {
        private final transient Deque<Connection> idle = new ArrayDeque<>();
        private final transient Set<Connection> lent = new HashSet<>();
        private final transient Meanwhile started;
        private final transient Meanwhile stopping;

        Pool(Meanwhile started, Meanwhile stopping) throws SQLException {
            this.started = started;
            this.stopping = stopping;
            for (int i = 0; i < 3; i++) {
                idle.add(Sql.connect(admin));
            }
        }

        @Override public synchronized Connection getConnection() throws SQLException {
            var session = idle.isEmpty() || idle.peek().isClosed() ? Sql.connect(admin) : idle.peek();
            idle.poll();
            lent.add(session);
            return (Connection) Proxy.newProxyInstance(Pool.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                if (method.getName().equals("close")) {
                    giveBack(session);
                    return null;
                }
                if (!lent.contains(session)) {
                    throw new SQLException("this session was given back", "08003");
                }
                var result = invoke(session, method, arguments);
                return result instanceof Statement statement ? watched(method.getReturnType(), statement, session, arguments) : result;
            });
        }

        private synchronized void giveBack(Connection session) throws SQLException {
            if (lent.remove(session)) {
                if (!session.isClosed() && !session.getAutoCommit()) {
                    session.rollback();
                    session.setAutoCommit(true);
                }
                idle.add(session);
            }
        }

        private Object watched(Class<?> type, Statement statement, Connection session, Object[] prepared) {
            return Proxy.newProxyInstance(Pool.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                var words = arguments != null && arguments.length > 0 ? arguments : prepared;
                var sql = method.getName().startsWith("execute") && words != null ? String.valueOf(words[0]).toLowerCase(Locale.ROOT) : "";
                if (sql.contains("pg_backup_stop")) {
                    stopping.at(session);
                }
                var result = invoke(statement, method, arguments);
                if (sql.contains("pg_backup_start")) {
                    started.at(session);
                }
                return result;
            });
        }

        private static Object invoke(Object on, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(on, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        synchronized int lent() {
            return lent.size();
        }

        /** How many of its sessions are in backup mode. Ends them all. */
        synchronized int end() throws SQLException {
            int found = 0;
            for (var session : Stream.concat(idle.stream(), lent.stream()).toList()) {
                if (session.isClosed()) {
                    continue;
                }
                try {
                    Sql.execute(session, "select pg_backup_stop(false)");
                    found++;
                } catch (SQLException e) {
                    // 55000, as it should be; or its backend is gone
                } finally {
                    session.close();
                }
            }
            return found;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** All that is in it, folders with a stroke behind. What vanishes meanwhile may be in it or not. */
    private static Set<String> tree(Path folder) throws IOException {
        var found = new TreeSet<String>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override public FileVisitResult preVisitDirectory(Path path, java.nio.file.attribute.BasicFileAttributes a) {
                found.add(folder.relativize(path) + "/");
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFile(Path path, java.nio.file.attribute.BasicFileAttributes a) {
                found.add(folder.relativize(path).toString());
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult visitFileFailed(Path path, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        found.remove("/");
        return found;
    }

    private static void witness(String says) throws IOException {
        for (var name : WITNESSES) {
            Files.writeString(data.resolve(name), says);
        }
    }

    /** Calls the answer while somebody writes. A session that waits for the archive looks each second, and after each reload. */
    private static Backup backup(String name, Meanwhile started, Meanwhile stopping) throws Exception {
        return backup(around(name).resolve(name), started, stopping);
    }

    private static Path around(String name) throws IOException {
        var around = clusters.folder("backups of " + name);
        Files.writeString(around.resolve("of somebody else"), "stays");
        return around;
    }

    private static Backup backup(Path folder, Meanwhile started, Meanwhile stopping) throws Exception {
        var before = names(folder.getParent());
        var files = tree(data);
        var hurry = new AtomicBoolean();
        var pool = new Pool(started, session -> {
            stopping.at(session);
            hurry.set(true);
        });
        var end = new CountDownLatch(1);
        var writer = Task.start(() -> {
            try (var connection = Sql.connect(admin)) {
                while (!end.await(10, TimeUnit.MILLISECONDS)) {
                    Sql.execute(connection, "insert into visits (note) select repeat('x', 100) from generate_series(1, 20)"
                        + (hurry.get() ? "; select pg_reload_conf()" : ""));
                }
            }
            return "";
        });
        Optional<Throwable> failure = Optional.empty();
        try {
            Expect.within("The backup", LONG, () -> {
                PointInTime.backup(pool, data, folder);
                return "";
            }, "Does it wait for the next checkpoint, or for something that never comes?");
        } catch (Mismatch e) {
            throw e;
        } catch (Exception | Error e) {
            failure = Optional.of(e);
        } finally {
            end.countDown();
            writer.outcome(LONG);
        }
        int open = pool.lent();
        var archived = new TreeSet<>(names(archive));
        var left = new ArrayList<>(names(folder.getParent()));
        left.removeAll(before);
        before.stream().filter(name -> Files.notExists(folder.resolveSibling(name))).forEach(name -> left.add("without " + name));
        files.retainAll(tree(data));
        return new Backup(folder, failure, left, open, pool.end(), archived, files);
    }

    @Test @Hint(1) @Promises("one-session") @DisplayName("it backs up while others write, between start and stop of one session")
    void oneSession() throws Exception {
        witness("before the start");
        top = names(data);
        first = backup("tonight", session -> witness("between"), session -> {
            witness("after the stop began");
            Files.writeString(slow, "");
        });
        Files.deleteIfExists(slow);
        first.succeeded("A backup by a pool of several sessions");
        Expect.that("The backup", Files.isDirectory(first.folder()), "a folder of its own name", first.left(), "Under which name is it in the end?");
        for (var name : WITNESSES) {
            if (Files.exists(first.folder().resolve(name))) {
                Expect.equal("When it copied " + name, "between", Files.readString(first.folder().resolve(name)), "The copy is torn. From when to when does PostgreSQL write what mends it?");
            }
        }
        Expect.equal("Sessions that it keeps", 0, first.open(), "Who closes the connection?");
        Expect.equal("Sessions in backup mode", 0, first.inBackupMode(), "Did the session stop that has started?");
    }

    /** What the server noted about a backup, which is the label and three lines more. */
    private static String given() throws IOException {
        var notes = new TreeMap<String, Path>();
        for (var folder : List.of(archive, data.resolve("pg_wal"))) {
            for (var name : names(folder)) {
                if (name.endsWith(".backup")) {
                    notes.put(name, folder.resolve(name));
                }
            }
        }
        return String.join("", Files.readAllLines(notes.lastEntry().getValue()).stream().filter(line -> !line.startsWith("STOP ")).map(line -> line + "\n").toList());
    }

    private static String content(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.readString(file) : "(not there)";
    }

    @Test @Needs("oneSession") @Promises("label") @DisplayName("the label is in the backup, as the server gave it, and nowhere else")
    void label() throws Exception {
        Expect.equal("backup_label", given(), content(first.folder().resolve("backup_label")), "Where does the text come from, and is all of it there?");
        Expect.equal("tablespace_map, of a server without tablespaces", "(not there)", content(first.folder().resolve("tablespace_map")), "When is it needed?");
        Expect.equal("What is in the server's own folder", top, names(data), "With a label in it that server would start, after a crash, as if it were a backup.");
    }

    private static boolean isLeftOut(String name) {
        return Set.of("postmaster.pid", "postmaster.opts").contains(name) || Arrays.stream(name.split("/")).anyMatch(part -> part.startsWith("pgsql_tmp"))
            || name.contains("/") && EMPTY.contains(name.substring(0, name.indexOf('/'))) && name.indexOf('/') < name.length() - 1;
    }

    @Test @Needs("oneSession") @Promises("left-out") @DisplayName("what belongs to the running server is not in it")
    void leftOut() throws Exception {
        var copied = tree(first.folder());
        Expect.equal("In the backup, and of the process", List.of(), copied.stream().filter(BackToBeforeTest::isLeftOut).toList(), "Compare with the list, name by name.");
        Expect.equal("Folders that are empty in a backup, and not there", List.of(), EMPTY.stream().filter(name -> !copied.contains(name + "/")).sorted().toList(),
            "What is in them stays out, they themselves do not.");
    }

    @Test @Needs("oneSession") @Promises("copied") @DisplayName("every other file and folder is in it")
    void copied() throws Exception {
        var missing = new TreeSet<>(first.files());
        missing.removeIf(name -> isLeftOut(name) || EMPTY.contains(name) || name.endsWith("pg_internal.init") || name.endsWith("/") && EMPTY.contains(name.substring(0, name.length() - 1)));
        missing.removeAll(tree(first.folder()));
        Expect.equal("In the server's folder, and not in the backup", List.of(), missing.stream().limit(10).toList(), "Are all names that you leave out in the list?");
        for (var name : List.of("PG_VERSION", "postgresql.conf", "pg_hba.conf", "postgresql.auto.conf", "pg_stat/not-pgsql_tmp", "pg_stat/pg_notify/a-file")) {
            Expect.that(name, Files.mismatch(data.resolve(name), first.folder().resolve(name)) == -1, "byte by byte the same", "another content", "A copy changes nothing.");
        }
    }

    @Test @Needs("oneSession") @Promises("in-the-archive") @DisplayName("when it returns, its WAL is in the archive")
    void inTheArchive() throws Exception {
        var from = given().lines().findFirst().orElse("").replaceAll(".*\\(file ([0-9A-F]+)\\).*", "$1");
        Expect.that("The archive when the backup returned, which takes 0.3 s for a segment", first.archived().stream().anyMatch(name -> name.startsWith(from) && name.endsWith(".backup")),
            "all from " + from + " to the mark of the backup", first.archived().isEmpty() ? "nothing" : "up to " + first.archived().last(), "Without its WAL a backup is worthless. Who waits?");
    }

    @Test @Needs("label") @Promises("label") @DisplayName("the map of tablespaces is in it, where there is one")
    void tablespaces() throws Exception {
        var aside = clusters.folder("aside");
        Sql.execute(admin, "create tablespace aside location '" + aside + "'");
        var map = Sql.text(admin, "select oid::text from pg_tablespace where spcname = 'aside'") + " " + aside + "\n";
        var made = backup("with a tablespace", session -> { }, session -> { });
        Sql.execute(admin, "drop tablespace aside");
        made.succeeded("A backup of a server with a tablespace");
        Expect.equal("tablespace_map", map, content(made.folder().resolve("tablespace_map")), "What else does pg_backup_stop return?");
        Expect.equal("backup_label of that backup", given(), content(made.folder().resolve("backup_label")), "It is another backup, with another label.");
    }

    @Test @Needs("copied") @Hint(2) @Promises("copied") @DisplayName("what vanishes meanwhile is no failure")
    void vanishing() throws Exception {
        var around = around("monday");
        var whole = data.resolve("base/7777777");
        var oneByOne = data.resolve("base/7777778");
        var ready = new CountDownLatch(2);
        var vanish = new ArrayList<Task<String>>();
        var made = backup(around.resolve("monday"), session -> {
            fill(whole, 2500);
            fill(oneByOne, 2500);
            vanish.add(Task.start(() -> vanishes(whole, around, ready)));
            vanish.add(Task.start(() -> vanishesUnderTheHand(oneByOne, around, ready)));
            ready.await();
        }, session -> { });
        for (var task : vanish) {
            task.outcome(LONG);
        }
        made.succeeded("A backup, while 2500 files in each of two folders in base vanish, and then the folders");
        Expect.that("The backup", Files.exists(made.folder().resolve("backup_label")), "whole", made.left(), "It goes on with the next file.");
    }

    private static void fill(Path folder, int files) throws IOException {
        Files.createDirectory(folder);
        for (int i = 0; i < files; i++) {
            Files.writeString(folder.resolve("f" + i), "");
        }
    }

    /** From the end, as soon as the folder is being copied, so that somewhere in the middle there is nothing left. */
    private static String vanishes(Path folder, Path around, CountDownLatch ready) throws IOException {
        var names = names(folder);
        ready.countDown();
        copyOf(folder, around);
        for (var name : names.reversed()) {
            Files.delete(folder.resolve(name));
        }
        Files.delete(folder);
        return "";
    }

    /** Each second file at the moment when the one before it is being copied, so that some vanish between a look and the copy. */
    private static String vanishesUnderTheHand(Path folder, Path around, CountDownLatch ready) throws IOException {
        var inOrder = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(inOrder::add);
        }
        ready.countDown();
        var copy = copyOf(folder, around);
        var end = System.nanoTime() + Duration.ofSeconds(2).toNanos(); // whoever copies in another order
        for (int i = 0; i + 1 < inOrder.size(); i += 2) {
            var before = copy.resolve(inOrder.get(i).getFileName());
            while (System.nanoTime() < end && !Files.exists(before)) {
                Thread.onSpinWait();
            }
            Files.delete(inOrder.get(i + 1));
        }
        return "";
    }

    /** Waits until a folder is there for the copy; gives any path where there never is. */
    private static Path copyOf(Path folder, Path around) throws IOException {
        var end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < end) {
            for (var name : names(around)) {
                var copy = around.resolve(name).resolve(data.relativize(folder));
                if (Files.exists(copy)) {
                    return copy;
                }
            }
            Thread.onSpinWait();
        }
        return around;
    }

    private record Failed(String what, Backup backup) { }

    private static final List<Failed> FAILED = new ArrayList<>();

    private static void fails(String what, Meanwhile started) throws Exception {
        var folder = around("a bad day").resolve("a bad day");
        for (var name : List.of("a bad day.partial", "a bad day.part", "a bad day.tmp", "a bad day.new", ".a bad day", ".a bad day.partial", ".a bad day.tmp")) {
            Files.writeString(Files.createDirectory(folder.resolveSibling(name)).resolve("file"), "of somebody else, and stays");
        }
        fails(what, backup(folder, started, session -> { }));
    }

    private static void fails(String what, Backup made) {
        FAILED.add(new Failed(what, made));
        Expect.that(what, made.failure().isPresent(), "a failure", "no failure", "Which exceptions mean that a file has vanished, and which do not?");
        Expect.equal(what + ": what has changed in the folder around the backup", List.of(), made.left(), "Tomorrow somebody will take it for a backup.");
    }

    @Test @Needs("copied") @Hint(1) @Promises("no-half") @DisplayName("a session that breaks is a failure, and nothing is left")
    void broken() throws Exception {
        fails("A session whose backend is killed in the middle", session ->
            Sql.query(admin, "select pg_terminate_backend(?, 10000)", session.unwrap(PGConnection.class).getBackendPID()));
    }

    @Test @Needs("broken") @Hint(1) @Promises("no-half") @DisplayName("a full disk is a failure, and nothing is left")
    void full() throws Exception {
        if (limit("100000")) {
            limit("unlimited");
            try {
                fails("A disk on which no file can be larger than 100 kB", session -> limit("100000"));
            } finally {
                limit("unlimited");
            }
        }
    }

    /** For the files that this process writes; false where this machine cannot. */
    private static boolean limit(String bytes) throws Exception {
        try {
            var process = new ProcessBuilder("prlimit", "--pid", Long.toString(ProcessHandle.current().pid()), "--fsize=" + bytes + ":")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no prlimit: not Linux
        }
    }

    @Test @Needs("full") @Hint(1) @Promises("no-half") @DisplayName("a file that cannot be read is a failure, and nothing is left")
    void unreadable() throws Exception {
        var deep = new TooDeep(data.resolve("pg_logical"));
        try {
            var made = backup("a bad day", session -> deep.make(), session -> { });
            if (made.failure().isPresent() || !deep.isIn(made.folder().resolve("pg_logical"))) {
                fails("A file that cannot be read, because its path is too long", made);
            }
        } finally {
            deep.remove();
        }
        var secret = Files.writeString(data.resolve("pg_stat/secret"), "");
        Files.setPosixFilePermissions(secret, Set.of());
        try {
            if (!Files.isReadable(secret)) {
                fails("A file that may not be read", session -> { });
            }
        } finally {
            Files.delete(secret);
        }
    }

    /** A file at the end of a path longer than any system call takes; it got there by a move of a folder. */
    private static final class TooDeep {
        private static final int LONGEST = System.getProperty("os.name").equals("Linux") ? 4096 : 1024;
        private static final int STEP = 100;
        private static final String FILE = "f".repeat(250);
        private final Path top;
        private final Path end;

        TooDeep(Path folder) {
            top = folder.resolve("deep");
            var at = top;
            for (int left = left(at); left > 1; left = left(at)) {
                at = at.resolve("d".repeat(left > 2 * STEP ? STEP : left - 1));
            }
            end = at;
        }

        /** The last folder can still be read, and so can its copy where the path is somewhat longer. */
        private static int left(Path at) {
            return LONGEST - FILE.length() - at.toString().length();
        }

        void make() throws IOException {
            Files.createDirectories(end);
            var tail = Files.createDirectory(top.resolveSibling("tail"));
            Files.writeString(tail.resolve(FILE), "");
            Files.move(tail, end.resolve("tail"));
        }

        boolean isIn(Path folder) throws IOException {
            var copied = folder.resolve(top.getParent().relativize(end)).resolve("tail");
            return Files.exists(copied) && Files.exists(Files.move(copied, folder.resolve("tail")).resolve(FILE));
        }

        void remove() throws IOException {
            if (Files.exists(end.resolve("tail"))) {
                Folders.delete(Files.move(end.resolve("tail"), top.resolveSibling("tail")));
            }
            if (Files.exists(top)) {
                Folders.delete(top);
            }
        }
    }

    @Test @Needs("broken") @Promises("no-half") @DisplayName("a backup that is there already stays as it is")
    void thereAlready() throws Exception {
        var around = clusters.folder("backups of yesterday");
        Files.writeString(Files.createDirectory(around.resolve("full")).resolve("backup_label"), "of yesterday");
        Files.createDirectory(around.resolve("empty"));
        Files.writeString(around.resolve("file"), "of yesterday");
        for (var name : List.of("full", "empty", "file")) {
            fails("A backup to where something is, " + name, backup(around.resolve(name), session -> { }, session -> { }));
        }
        Expect.equal("What is in the full one", List.of("backup_label"), names(around.resolve("full")), "Whose is it?");
        Expect.equal("What is in the empty one", List.of(), names(around.resolve("empty")), "Whose is it?");
        Expect.equal("The file", "of yesterday", content(around.resolve("file")), "Whose is it?");
        Expect.equal("The label of yesterday", "of yesterday", content(around.resolve("full/backup_label")), "Whose is it?");
    }

    @Test @Needs({"unreadable", "full", "thereAlready"}) @Hint(1) @Promises("one-session") @DisplayName("after a failure the session goes back, and not in backup mode")
    void goesBack() {
        for (var failed : FAILED) {
            Expect.equal(failed.what() + ": sessions that it keeps", 0, failed.backup().open(), "Who closes the connection when something fails?");
            Expect.equal(failed.what() + ": sessions in backup mode", 0, failed.backup().inBackupMode(), "The next one who gets this session cannot start a backup.");
        }
    }

    private static IllegalStateException refused(String what, String expected, String actual, String lookAt) {
        Expect.that(what, false, expected, actual, lookAt);
        return new IllegalStateException(what);
    }

    private static void prepare(OwnCluster copy, Path from, Instant disaster) throws Exception {
        Expect.works("Preparing a copy", () -> PointInTime.prepare(copy.data(), from, disaster), "What was in the folder before?");
    }

    private static String configured(OwnCluster copy, String setting) {
        try {
            return copy.configured(setting);
        } catch (LabException e) {
            throw refused("The settings of the copy", "files that PostgreSQL can read", e.getMessage(), "How does a value with an apostrophe look in them, and how does a line end?");
        }
    }

    /** A copy without tables, for looking at its settings. */
    private static OwnCluster paper() throws IOException {
        var paper = clusters.folder("paper");
        for (var name : List.of("PG_VERSION", "postgresql.conf", "pg_hba.conf", "pg_ident.conf", "postgresql.auto.conf", "backup_label")) {
            Files.copy(first.folder().resolve(name), paper.resolve(name));
        }
        return clusters.on(paper, "paper copy");
    }

    @Test @Needs({"copied", "label"}) @Hint(2) @Promises("right-before") @DisplayName("a server on a copy has what was committed before the disaster, and pauses")
    void rightBefore() throws Exception {
        var random = RandomData.create();
        Instant disaster;
        long kept;
        try (var connection = Sql.connect(admin)) {
            Sql.execute(connection, "set synchronous_commit = off");
            Sql.execute(connection, "do $$ begin for n in 1..100 loop insert into events (note) values (n); commit; end loop; end $$");
            Sql.execute(connection, "drop table orders");
            var row = Rows.query(connection, """
                with v as (select id, pg_xact_commit_timestamp(xmin) as at from events)
                select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), (select count(*) from v where at < d.at)
                from v d order by id offset ? limit 1""", random.number(50, 90)).values().getFirst();
            disaster = Instant.parse((String) row.getFirst());
            kept = ((Number) row.getLast()).longValue();
        }
        var last = Sql.text(admin, "select pg_walfile_name(pg_switch_wal())");
        Expect.that("The verifier's archive", Task.until(LONG, () -> Files.exists(archive.resolve(last))), last, "not there", "This is not your fault; please tell the authors.");
        var copy = clusters.on(first.folder(), "copy");
        var zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
            prepare(copy, archive, disaster);
        } finally {
            TimeZone.setDefault(zone);
        }
        var outcome = copy.start();
        Expect.that("The server on the copy, for a disaster at " + disaster, outcome == OwnCluster.Outcome.PAUSED, "it pauses, so that somebody looks",
            outcome == OwnCluster.Outcome.OPEN ? "it is open, and takes writes" : "it ended: " + copy.log("FATAL", "ERROR", "DETAIL", "LOG:  syntax", "LOG:  invalid").stream().limit(3).toList(),
            "Which settings say up to where it recovers, and what it does there?");
        Expect.equal("Rows in it, of a hundred that were committed within milliseconds, and of which one is the disaster", kept,
            Sql.number(copy.admin(), "select count(*) from events"), "Is the moment exact, and does it count itself?");
        Expect.equal("The table that was dropped", "there", Sql.text(copy.admin(), "select case when to_regclass('orders') is null then 'gone' else 'there' end"),
            "Is what happened at that very moment in it?");
        copy.kill();
    }

    private static final List<Instant> MOMENTS = List.of(Instant.parse("2026-10-25T00:30:00.000001Z"), Instant.parse("2026-11-29T03:00:00Z"),
        Instant.parse("2027-03-14T07:15:09.120000Z"), Instant.parse("2026-12-31T23:59:59.999999Z"));

    private static Instant moment(Connection connection, String text) throws SQLException {
        var micros = Rows.query(connection, "select (extract(epoch from ?::text::timestamptz) * 1000000)::bigint", text).values().getFirst().getFirst();
        return Instant.EPOCH.plus(((Number) micros).longValue(), ChronoUnit.MICROS);
    }

    private static void means(String where, Instant disaster, boolean inclusive) throws Exception {
        var copy = paper();
        prepare(copy, archive, disaster);
        var time = configured(copy, "recovery_target_time");
        try (var connection = Sql.connect(admin)) {
            for (var zone : List.of("UTC", "America/New_York", "Asia/Kathmandu")) {
                Sql.execute(connection, "set timezone = '" + zone + "'; set datestyle = 'ISO, DMY'");
                Instant read;
                try {
                    read = moment(connection, time);
                } catch (SQLException e) {
                    throw refused("The target " + where + ", \"" + time + "\"", "a time", text(e), "How does PostgreSQL write one?");
                }
                Expect.equal("The moment before which a server in " + zone + " stops, with the target \"" + time + "\" written " + where, disaster,
                    inclusive ? read.plusNanos(1000) : read, "Who knows which time zone is meant, and is it exact?");
            }
        }
    }

    @Test @Needs("rightBefore") @Hint(2) @Promises("any-zone") @DisplayName("the moment is the same everywhere")
    void anyZone() throws Exception {
        var copy = paper();
        prepare(copy, archive, MOMENTS.getFirst());
        var inclusive = configured(copy, "recovery_target_inclusive").equals("on");
        var others = new ArrayDeque<>(MOMENTS);
        Environments.inEveryTimeZone(where -> {
            means(where, MOMENTS.getFirst(), inclusive);
            means(where, others.pollLast(), inclusive);
        });
        Environments.inEveryLocale(where -> means(where, MOMENTS.getFirst(), inclusive));
    }

    @Test @Needs("rightBefore") @Hint(2) @Promises("from-the-archive") @DisplayName("it fetches its WAL from any archive, and writes nothing into it")
    void fromTheArchive() throws Exception {
        var name = names(archive).stream().filter(file -> file.length() == 24).findFirst().orElseThrow();
        for (var folder : List.of("archive2", "the archive", "it's the shop's", "it's 'the' archive")) {
            var other = clusters.folder(folder);
            Files.copy(archive.resolve(name), other.resolve(name));
            var copy = paper();
            Files.createDirectory(copy.data().resolve("pg_wal"));
            prepare(copy, other, MOMENTS.getFirst());
            var command = configured(copy, "restore_command");
            var at = copy.data().resolve("pg_wal/RECOVERYXLOG");
            Expect.that("restore_command for the archive \"" + folder + "\": " + command + ", which fetches a segment", run(copy, command, name) && Files.exists(at)
                && Files.mismatch(archive.resolve(name), at) == -1, "the segment, exit code 0", "another exit code, or nothing", "Which words does the shell make of it?");
            Expect.that("The segment that was fetched", Files.exists(other.resolve(name)) && !Files.isSameFile(other.resolve(name), at), "a copy, and the archive as it was",
                "the file of the archive itself", "PostgreSQL uses what it fetched again, for other WAL.");
            Files.delete(at);
            Expect.that("restore_command for the archive \"" + folder + "\", when a segment is not there", !run(copy, command, "0000000100000000000000FF") && !Files.exists(at),
                "an exit code other than 0, and no file", "something else", "It is how PostgreSQL finds the end.");
            Expect.equal("archive_mode", "off", configured(copy, "archive_mode"), "Two histories do not go into one archive.");
        }
    }

    /** As PostgreSQL does it. */
    private static boolean run(OwnCluster copy, String command, String name) throws Exception {
        var words = command.replace("%%", "\0").replace("%f", name).replace("%p", "pg_wal/RECOVERYXLOG").replace("\0", "%");
        var process = new ProcessBuilder("sh", "-c", words).directory(copy.data().toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test @Needs("rightBefore") @Hint(2) @Promises("right-before") @DisplayName("it pauses whatever the copy was told to do otherwise")
    void pausesWhateverItWasTold() throws Exception {
        for (var file : List.of("postgresql.conf", "postgresql.auto.conf")) {
            var copy = paper();
            Files.writeString(copy.data().resolve(file), "\nrecovery_target_action = 'promote'\nrecovery_target_inclusive = on\n", StandardOpenOption.APPEND);
            prepare(copy, archive, MOMENTS.getFirst());
            Expect.equal("recovery_target_action of a copy whose " + file + " says 'promote'", "pause", configured(copy, "recovery_target_action"), "What a setting is by default, it need not be here.");
        }
    }

    @Test @Needs("rightBefore") @Promises("settings-stay") @DisplayName("all other settings and files stay, and the last call counts")
    void settingsStay() throws Exception {
        var random = RandomData.create();
        var copy = paper();
        var auto = copy.data().resolve("postgresql.auto.conf");
        int memory = random.number(100, 900);
        Files.writeString(auto, "recovery_prefetch = 'off'\nwork_mem = '" + memory + "kB'", StandardOpenOption.APPEND); // as an editor leaves it, without an end of the line
        var settings = List.of("recovery_prefetch", "work_mem", "cluster_name", "archive_command", "TimeZone", "checkpoint_timeout", "shared_buffers", "datestyle", "max_connections");
        var before = new TreeMap<String, String>();
        settings.forEach(setting -> before.put(setting, configured(copy, setting)));
        var files = new TreeMap<String, String>();
        for (var name : names(copy.data())) {
            files.put(name, name.matches("postgresql(\\.auto)?\\.conf") ? "" : content(copy.data().resolve(name)));
        }
        prepare(copy, archive, MOMENTS.get(1));
        for (var setting : settings) {
            Expect.equal(setting + " of the copy", before.get(setting), configured(copy, setting), "What was in the files before?");
        }
        prepare(copy, archive, MOMENTS.get(2));
        try (var connection = Sql.connect(admin)) {
            var target = moment(connection, configured(copy, "recovery_target_time"));
            var inclusive = configured(copy, "recovery_target_inclusive").equals("on");
            Expect.equal("The moment before which it stops, after a second call", MOMENTS.get(2), inclusive ? target.plusNanos(1000) : target, "Which line counts, if there are two?");
        }
        for (var file : files.entrySet()) {
            Expect.that(file.getKey() + " of the copy", Files.exists(copy.data().resolve(file.getKey())), "still there", "gone", "Which of the copy's files may change?");
            if (!file.getValue().isEmpty()) {
                Expect.equal(file.getKey() + " of the copy", file.getValue(), content(copy.data().resolve(file.getKey())), "Which of the copy's files may change?");
            }
        }
    }

    @Test @Needs("broken") @Hint(1) @Promises("no-half") @DisplayName("nor is a data folder that isn't there one that has vanished")
    void noDataFolder() throws Exception {
        var folder = around("no data").resolve("no data");
        var before = names(folder.getParent());
        var outcome = Task.start(() -> {
            PointInTime.backup(new Pool(session -> { }, session -> { }), data.resolveSibling("there is no such folder"), folder);
            return "a backup";
        }).outcome(LONG);
        Expect.that("A backup of a data folder that is not there", outcome instanceof Task.Outcome.Failed, "a failure", outcome, "Which exceptions mean that a file has vanished, and which do not?");
        Expect.equal("What is in the folder around the backup", before, names(folder.getParent()), "Tomorrow somebody will take it for a backup.");
    }
}

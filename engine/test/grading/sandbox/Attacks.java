package grading.sandbox;

import static grading.sandbox.AttackedCourse.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import lab.os.Caches;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an answer tries that wants more than its verdict; each is tried for real, in every sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Attacks {
    private AttackedCourse course;

    abstract Sandbox sandbox();

    @BeforeAll void open() {
        course = new AttackedCourse(sandbox());
    }

    @AfterAll void close() {
        course.close();
    }

    private void seesNothing(String statements) throws Exception {
        assertEquals("nothing", course.seenBy(statements));
    }

    /** The next learner's answer is judged as if nothing had been. */
    private void isUnharmed() throws Exception {
        course.nextLearner();
        seesNothing("return \"nothing\";");
    }

    private long number(String statements) throws Exception {
        return Long.parseLong(course.seenBy("return String.valueOf(" + statements + ");"));
    }

    // --- files

    @Test @DisplayName("one that goes by /proc to the folder of its parents finds no course there")
    void parentsFolder() throws Exception {
        seesNothing("""
            var found = new ArrayList<String>();
            for (var process : new File("/proc").listFiles(f -> f.getName().matches("\\\\d+"))) {
                for (var way : List.of("cwd", "root")) {
                    var folder = new File(process, way);
                    if (new File(folder, "jbang-catalog.json").exists() || new File(folder, %s).exists()) { found.add(folder.toString()); }
                }
            }
            return orNothing(found);""".formatted(quoted(course.root())));
    }

    @Test @DisplayName("one that reads solutions and other exercises finds none, wherever it looks")
    void solutions() throws Exception {
        seesNothing("""
            var system = Set.of("/usr", "/proc", "/sys", "/lib", "/lib64", "/bin", "/sbin");
            var found = Stream.of(new File("/").listFiles()).filter(f -> !system.contains(f.toString())).flatMap(f -> files(f.toPath()).stream()).map(Path::toString)
                .filter(f -> f.matches(".*/(solutions|wrong|right|exercises|lessons)/.*")).limit(5).toList();
            return orNothing(found);""");
    }

    @Test @DisplayName("one that lists the home folder finds the class path there, and nothing else")
    void home() throws Exception {
        seesNothing("""
            var known = Stream.of("java.class.path", "jdk.module.path", "course.classPath").map(System::getProperty).filter(Objects::nonNull).flatMap(path -> Stream.of(path.split(":"))).toList();
            return orNothing(files(Path.of(%s)).stream().filter(f -> !known.contains(f.toString()) && !f.startsWith(System.getProperty("java.home")) && !f.toString().endsWith(".aot")
                && known.stream().noneMatch(path -> f.startsWith(path))).limit(5).toList());""".formatted(quoted(Caches.home())));
    }

    @Test @DisplayName("one that reads the passwords in the cache finds no file there")
    void passwords() throws Exception {
        Files.writeString(Caches.folder("attacked").resolve("password"), "the secret");
        seesNothing("return orNothing(files(Path.of(%s)).stream().limit(5).toList());".formatted(quoted(Caches.root().toRealPath())));
    }

    @Test @DisplayName("one that writes a compiled verifier into the cache writes it nowhere that a later run looks")
    void cache() throws Exception {
        var target = Caches.folder("compiled").resolve("attacked-" + UUID.randomUUID());
        course.seenBy("new File(%1$s).getParentFile().mkdirs(); try { Files.writeString(Path.of(%1$s), \"x\"); } catch (IOException e) { } return \"nothing\";".formatted(quoted(target)));
        assertFalse(Files.exists(target));
    }

    @Test @DisplayName("one that writes the learner's progress changes nothing")
    void progress() throws Exception {
        var target = course.root().resolve(".course/progress.json");
        course.seenBy("new File(%1$s).getParentFile().mkdirs(); try { Files.writeString(Path.of(%1$s), \"x\"); } catch (IOException e) { } return \"nothing\";".formatted(quoted(target)));
        assertFalse(Files.exists(target));
    }

    @Test @DisplayName("one that writes into the JDK, the class path, the verifier or the system cannot")
    void readOnly() throws Exception {
        seesNothing("""
            var written = new ArrayList<Path>();
            var targets = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "lib/modules"), Path.of("/usr/attack"), Path.of("/usr/bin/attack"), Path.of("/etc/passwd"), Path.of("/attack")));
            Stream.of(System.getProperty("java.class.path").split(":")).map(Path::of).forEach(targets::add);
            targets.addAll(files(Path.of("/course")));
            for (var target : targets) {
                if (Files.isDirectory(target) ? target.toFile().canWrite() : opens(target)) { written.add(target); }
            }
            return orNothing(written);
            }
            static boolean opens(Path target) {
                try (var file = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) { return true; } catch (IOException e) { return false; }""");
    }

    @Test @DisplayName("one with a symlink that leads out of its folder is judged without it")
    void symlink() throws Exception {
        var link = course.exercise().folder().resolve("secret.txt");
        Files.createSymbolicLink(link, course.secret());
        try {
            seesNothing("return orNothing(files(Path.of(\"/course\")).stream().filter(f -> f.endsWith(\"secret.txt\")).toList());");
        } finally {
            Files.delete(link);
        }
    }

    @Test @DisplayName("one that looks for the socket of Docker finds none")
    void dockerSocket() throws Exception {
        seesNothing("return orNothing(Stream.of(\"/var/run/docker.sock\", \"/run/docker.sock\", \"/run/containerd/containerd.sock\").filter(f -> new File(f).exists()).toList());");
    }

    @Test @DisplayName("one that reads the memory or the disks of the machine as devices finds none")
    void devices() throws Exception {
        seesNothing("return orNothing(shell(\"find /dev -type b; cat /dev/mem /dev/kmsg 2>/dev/null | head -c 10; mknod /tmp/disk b 254 0 2>/dev/null && echo made\"));");
    }

    // --- processes

    @Test @DisplayName("one that looks for processes of others sees its own alone")
    void processes() throws Exception {
        assertTrue(number("ProcessHandle.allProcesses().count()") < 8);
        seesNothing("return orNothing(ProcessHandle.of(%d).filter(p -> p.info().command().orElse(\"\").contains(\"java\") && p.pid() > 100).stream().toList());".formatted(ProcessHandle.current().pid()));
    }

    @Test @DisplayName("one that kills whatever it can leaves this machine's processes alone")
    void signals() throws Exception {
        var bystander = new ProcessBuilder("sleep", "300").start();
        try {
            course.seenBy("shell(\"kill -9 %d %d; kill -9 $PPID -1\"); return \"nothing\";".formatted(bystander.pid(), ProcessHandle.current().pid()));
            assertTrue(bystander.isAlive());
            seesNothing("return \"nothing\";");
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test @DisplayName("one whose grandchildren leave it, in sessions of their own, leaves none behind")
    void doubleFork() throws Exception {
        var mark = mark();
        try (var attacked = new AttackedCourse(sandbox())) {
            attacked.seenBy("shell(\"(setsid sh -c 'trap : HUP INT TERM; setsid sleep %s & sleep %s' >/dev/null 2>&1 &) &\"); Thread.sleep(300); return \"nothing\";".formatted(mark, mark));
            assertTrue(isRunning(mark), "it did not start");
        }
        assertTrue(comesTo(false, mark), "it runs on");
    }

    /** Whether that process comes, or goes, within bounds. */
    static boolean comesTo(boolean running, String mark) throws Exception {
        var end = Instant.now().plus(Duration.ofSeconds(20));
        while (isRunning(mark) != running && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        return isRunning(mark) == running;
    }

    /** A number of seconds that nobody else sleeps. */
    static String mark() {
        return "86" + (100_000 + ThreadLocalRandom.current().nextInt(900_000));
    }

    private static boolean isRunning(String mark) throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes.filter(folder -> folder.getFileName().toString().matches("\\d+")).anyMatch(folder -> commandLine(folder).equals("sleep\0" + mark + "\0"));
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    @Test @DisplayName("one that writes into the memory of its JVM, itself or by a process that it starts, does not get at it")
    void memoryOfItsJvm() throws Exception {
        seesNothing("""
            var opened = new ArrayList<String>();
            for (var name : List.of("self", "thread-self", "self/task/" + new File("/proc/self/task").list()[0])) {
                try (var memory = new RandomAccessFile("/proc/" + name + "/mem", "rw")) { opened.add(name); } catch (IOException e) { }
            }
            var child = shell("(exec 3<>/proc/%1$d/mem) 2>/dev/null && echo opened; head -c 1 /proc/%1$d/maps /proc/%1$d/environ /proc/%1$d/fd/0 2>/dev/null".formatted(ProcessHandle.current().pid()));
            var attached = shell("perl -e 'print \\"attached\\" if syscall(101, 0x4206, $ARGV[0] + 0, 0, 0) == 0' %d 2>/dev/null".formatted(ProcessHandle.current().pid()));
            return orNothing(opened, child, System.getProperty("os.arch").equals("amd64") ? attached : "");""");
    }

    @Test @DisplayName("one that becomes root, or gets a capability, does not")
    void privileges() throws Exception {
        seesNothing("""
            var status = Files.readString(Path.of("/proc/self/status"));
            var bad = status.lines().filter(line -> line.matches("(CapEff|CapPrm|CapAmb):.*[1-9a-f].*|NoNewPrivs:\\\\s*0|Uid:\\\\s*0.*")).toList();
            return orNothing(bad);""");
    }

    @Test @DisplayName("one that mounts what it likes in name spaces of its own changes nothing that it may not change")
    void mounts() throws Exception {
        course.seenBy("return orNothing(shell(\"unshare -Urm sh -c 'mount -o remount,bind,rw /usr; touch /usr/attacked; mount -t proc proc /proc; nsenter -t 1 -m touch /tmp/attacked'; nsenter -t 1 -m -p touch /usr/attacked\"));");
        assertFalse(Files.exists(Path.of("/usr/attacked")) || Files.exists(Path.of("/tmp/attacked")));
    }

    @Test @DisplayName("one that changes settings of the kernel cannot")
    void kernel() throws Exception {
        seesNothing("return orNothing(shell(\"for f in kernel/core_pattern kernel/hostname vm/drop_caches net/ipv4/ip_forward; do (echo attacked >/proc/sys/$f) 2>/dev/null && echo $f; done\"));");
    }

    @Test @DisplayName("one that types into the terminal of this machine has none")
    void terminal() throws Exception {
        seesNothing("return orNothing(shell(\"(echo attacked >/dev/tty) 2>/dev/null && echo written; ls /dev/pts | grep -v ptmx\"));");
    }

    @Test @DisplayName("one that reads this machine's environment variables sees none of them")
    void environment() throws Exception {
        seesNothing("""
            var known = Set.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "COURSE_CACHE", "COURSE_SEED", "JAVA_HOME", "PWD", "HOSTNAME", "OLDPWD", "SHLVL", "_", "GOSU_VERSION", "PGDATA", "DEBIAN_FRONTEND");
            return orNothing(System.getenv().keySet().stream().filter(name -> !known.contains(name) && !name.matches("PG_.*")).toList(),
                shell("(tr '\\\\0' '\\\\n' </proc/1/environ) 2>/dev/null | grep -E '^(JBANG|COURSE_ROOT|DOCKER|XDG)'"));""");
    }

    // --- network

    @Test @DisplayName("one that connects to another port of this machine reaches nobody, by the loopback address or by the relay")
    void loopback() throws Exception {
        try (var listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            seesNothing("""
                var seen = new ArrayList<String>();
                try (var socket = new Socket()) { socket.connect(new InetSocketAddress("127.0.0.1", %1$d), 1000); seen.add("connected"); } catch (IOException e) { }
                for (int first : new int[] { %1$d, 0, -1, 65536 + %1$d }) {
                    try (var relay = SocketChannel.open(UnixDomainSocketAddress.of("/course/relay"))) {
                        relay.write(ByteBuffer.allocate(4).putInt(first).flip());
                        if (relay.read(ByteBuffer.allocate(1)) >= 0) { seen.add("answered " + first); }
                    } catch (IOException e) { }
                }
                return orNothing(seen);""".formatted(listening.getLocalPort()));
            listening.setSoTimeout(200);
            assertEquals(SocketTimeoutException.class, org.junit.jupiter.api.Assertions.assertThrows(IOException.class, listening::accept).getClass());
        }
    }

    @Test @DisplayName("one that has the server run programs, read files or connect for it is refused, in every role")
    void server() throws Exception {
        seesNothing("""
            var done = new ArrayList<String>();
            for (var login : logins) {
                for (var wish : List.of("copy (select 1) to program 'id'", "copy (select 1) to '/tmp/attacked'", "select pg_read_file('/etc/passwd')", "select pg_ls_dir('/')",
                        "select lo_import('/etc/passwd')", "create extension dblink", "create extension postgres_fdw", "create extension file_fdw", "load '/tmp/attacked.so'",
                        "alter role current_user superuser", "create function attacked() returns int language c as '/tmp/attacked.so'", "alter system set archive_command = 'id'",
                        "create subscription attacked connection 'host=127.0.0.1' publication attacked with (connect = false)", "grant pg_execute_server_program to current_user")) {
                    try (var connection = java.sql.DriverManager.getConnection(login[0], login[1], login[2]); var statement = connection.createStatement()) {
                        statement.execute(wish);
                        done.add(login[1] + ": " + wish);
                    } catch (java.sql.SQLException e) {
                        if (!e.getSQLState().matches("42501|0A000|42704|42601|42P01|28000|58P01")) { done.add(login[1] + ": " + wish + " " + e.getSQLState()); }
                    }
                }
            }
            return orNothing(done);""");
    }

    @Test @DisplayName("one that connects to other databases of its server, in every role, finds its own alone")
    void otherDatabases() throws Exception {
        assertEquals("nothing", course.seenBesideAnother("""
            var connected = new TreeSet<String>();
            for (var login : logins) {
                var names = new ArrayList<String>();
                try (var connection = java.sql.DriverManager.getConnection(login[0], login[1], login[2]); var statement = connection.createStatement()) {
                    var result = statement.executeQuery("select datname from pg_database where datname <> current_database()");
                    while (result.next()) { names.add(result.getString(1)); }
                    if (names.size() < 6) { return "there are only " + names; }
                    for (var name : names) {
                        for (var wish : List.of("alter database %1$s with allow_connections true", "alter database %1$s owner to current_user", "grant connect on database %1$s to public", "drop database %1$s")) {
                            try { statement.execute(wish.formatted(name)); } catch (java.sql.SQLException e) { }
                        }
                    }
                }
                for (var name : names) {
                    var observes = login[1].startsWith("course_observer") && name.equals("course_lesson"); // it is empty, and nobody is judged on it
                    try (var _ = java.sql.DriverManager.getConnection(login[0].replaceFirst("/[^/]*$", "/" + name), login[1], login[2])) { if (!observes) { connected.add(login[1] + " " + name); } } catch (java.sql.SQLException e) { }
                }
            }
            return orNothing(connected);"""));
    }

    @Test @DisplayName("one that connects out reaches nobody")
    void connectsOut() throws Exception {
        try (var listening = new ServerSocket(0)) {
            var ours = Collections.list(NetworkInterface.getNetworkInterfaces()).stream().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress()).map(InetAddress::getHostAddress).toList();
            for (var address : ours) {
                seesNothing("try (var socket = new Socket()) { socket.connect(new InetSocketAddress(\"%s\", %d), 1000); return \"connected\"; } catch (IOException e) { return \"nothing\"; }"
                    .formatted(address, listening.getLocalPort()));
            }
            seesNothing("return orNothing(Collections.list(NetworkInterface.getNetworkInterfaces()).stream().filter(i -> { try { return i.isUp() && !i.isLoopback(); } catch (IOException e) { return true; } }).toList());");
        }
    }

    @Test @DisplayName("one that opens a thousand connections to the relay, and keeps them, harms the next answer not at all")
    void floodsTheRelay() throws Exception {
        course.seenBy("""
            var open = new ArrayList<SocketChannel>();
            try { for (int i = 0; i < 1000; i++) { open.add(SocketChannel.open(UnixDomainSocketAddress.of("/course/relay"))); } } catch (IOException e) { }
            Thread.ofPlatform().start(() -> { try { Thread.sleep(100000); } catch (InterruptedException e) { } open.clear(); });
            return "nothing";""");
        isUnharmed();
    }

    // --- what it takes

    @Test @DisplayName("one that fills the disk fills half a gigabyte of its own")
    void disk() throws Exception {
        var megabytes = number("""
            Stream.of("/tmp", "/dev/shm", "/var/tmp", "/", "/usr", "/course", "/dev", "/run", "/home").mapToLong(folder -> {
                long written = 0;
                for (int i = 0; i < 20; i++) {
                    try (var file = new FileOutputStream(folder + "/fill" + i)) {
                        for (int mb = 0; mb < 200; mb++, written++) { file.write(new byte[1 << 20]); }
                    } catch (IOException e) { }
                }
                for (int i = 0; i < 20; i++) { new File(folder + "/fill" + i).delete(); }
                return written;
            }).sum()""");
        assertTrue(megabytes > 50 && megabytes <= 700, megabytes + " MB");
    }

    @Test @DisplayName("one that starts processes without end comes to a bound, and the next answer is unharmed")
    void forks() throws Exception {
        var started = number("Integer.parseInt(shell(\"i=0; while [ $i -lt 900 ]; do sleep 20 >/dev/null 2>&1 & i=$((i+1)); done; true\").isEmpty() ? \"0\" : \"0\") + new File(\"/proc\").list((d, n) -> n.matches(\"\\\\d+\")).length");
        assertTrue(started > 50 && started <= Bounds.PROCESSES, started + " processes");
        isUnharmed();
    }

    @Test @DisplayName("one that takes all memory comes to a bound")
    void memory() throws Exception {
        seesNothing("return orNothing(shell(\"(dd if=/dev/zero of=/dev/null bs=8G count=1 && echo taken) 2>/dev/null\").replaceFirst(\".*Killed.*\", \"\"));");
        isUnharmed();
    }

    @Test @DisplayName("one that takes it with many processes comes to a bound of them all")
    void memoryOfMany() throws Exception {
        assertNotEquals("taken", course.seenBy("""
            var holders = new ArrayList<Process>();
            for (int i = 0; i < 5; i++) { holders.add(new ProcessBuilder("sh", "-c", "head -c 600M /dev/zero | tail -c 600M | sleep 60").start()); } // tail keeps all of it
            Thread.sleep(4000);
            return Long.parseLong(shell("cat /proc/[0-9]*/statm 2>/dev/null | awk '{ sum += $2 - $3 } END { print int(sum / 256) }'")) > 2200 ? "taken" : "nothing";"""));
        isUnharmed();
    }
}

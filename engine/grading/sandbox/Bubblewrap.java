package grading.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import lab.os.Platform;
import lab.os.Privileges;
import lab.os.Processes;

/**
 * Namespaces of Linux, made by {@code bwrap}: a file system, process numbers and a network of its own. The first process in it ends with ours, and
 * all others with that, whatever they do to get away.
 */
final class Bubblewrap implements Sandbox {
    static final String NAME = "bubblewrap";
    private static final String PROGRAM = "bwrap";
    private static final int FIRST_ACCOUNT = 61184;
    private static final int LAST_ACCOUNT = 65519;
    private static final Duration TRIAL = Duration.ofSeconds(5);
    /** So that accounts and addresses have names, as programs expect. */
    private static final List<Path> SYSTEM = Stream.of("ld.so.cache", "localtime", "alternatives", "nsswitch.conf", "hosts")
        .map(name -> Path.of("/etc", name)).toList();

    @Override public String name() {
        return NAME;
    }

    @Override public String doesNotHold() {
        return "it can read the programs in /usr; the memory of all its processes together is bounded by looking four times a second";
    }

    /** Why it cannot be used here; empty where it works, which is tried. */
    static Optional<String> reasonUnavailable() {
        if (Platform.isWindows() || !Files.isDirectory(Path.of("/proc/self/ns"))) {
            return Optional.of("it needs Linux");
        }
        for (var program : Privileges.isRoot() ? List.of(PROGRAM, "prlimit", "setpriv") : List.of(PROGRAM, "prlimit")) {
            if (!Privileges.isInstalled(program)) {
                return Optional.of("the command " + program + " is not on the PATH: install " + (program.equals(PROGRAM) ? NAME : "util-linux"));
            }
        }
        return trial();
    }

    private static Optional<String> trial() {
        try {
            var process = new ProcessBuilder(withProgram(namespaces(), account(), List.of("true"))).redirectErrorStream(true).start();
            var said = process.inputReader();
            return Processes.endsWithin(TRIAL, process) && process.exitValue() == 0 ? Optional.empty()
                : Optional.of("bwrap does not work: " + Optional.ofNullable(said.readLine()).orElse("no answer"));
        } catch (IOException e) {
            return Optional.of("bwrap does not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    @Override public Enclosure enclose(Path folder) throws IOException {
        var account = account();
        var accounts = Files.writeString(folder.resolve("passwd"), "nobody:x:%1$s:%1$s:nobody:%2$s:/bin/sh\n".formatted(account, JvmCommand.HOME));
        Files.setPosixFilePermissions(accounts, PosixFilePermissions.fromString("rw-r--r--"));
        return new ClosedEnclosure(folder, new ClosedEnclosure.Walls() {
            @Override public List<String> command(Confinement confinement) {
                return Bubblewrap.command(confinement, accounts, account);
            }

            @Override public void started(Process process) {
                MemoryWatch.begin(process, Bounds.MEMORY);
            }
        });
    }

    /** Root takes another account for each, so that no two share what is bounded for an account; they are those that nobody has for long. */
    private static String account() {
        return Privileges.isRoot() ? Integer.toString(ThreadLocalRandom.current().nextInt(FIRST_ACCOUNT, LAST_ACCOUNT)) : Confinement.NOBODY;
    }

    private static List<String> command(Confinement confinement, Path accounts, String account) {
        var line = namespaces();
        line.addAll(List.of("--perms", "0755", "--dir", "/etc", "--ro-bind", accounts.toString(), "/etc/passwd"));
        SYSTEM.forEach(file -> line.addAll(List.of("--ro-bind-try", file.toString(), file.toString())));
        var files = confinement.jvm().files().stream().filter(file -> !file.startsWith("/usr")).toList();
        // By itself bwrap makes folders that the account inside may not enter.
        files.stream().flatMap(file -> Stream.iterate(file.getParent(), folder -> folder.getParent() != null, Path::getParent)).map(Path::toString).distinct()
            .sorted().forEach(folder -> line.addAll(List.of("--perms", "0755", "--dir", folder)));
        files.forEach(file -> line.addAll(List.of("--ro-bind", file.toString(), file.toString())));
        line.addAll(List.of("--ro-bind", confinement.java().copy().toString(), confinement.java().place().toString()));
        line.addAll(List.of("--ro-bind", confinement.lent().toString(), Confinement.LENT.toString(), "--remount-ro", "/"));
        line.add("--clearenv");
        confinement.jvm().environment().forEach((name, value) -> line.addAll(List.of("--setenv", name, value)));
        return withProgram(line, account, confinement.jvm().after(List.of()));
    }

    private static ArrayList<String> namespaces() {
        var line = new ArrayList<>(List.of(PROGRAM, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
            "--hostname", "sandbox", "--die-with-parent", "--new-session", "--cap-drop", "ALL"));
        // Root cannot become another account in a name space of accounts, and what is root's there is root's here.
        line.addAll(Privileges.isRoot() ? List.of("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
            : List.of("--unshare-user", "--uid", Confinement.NOBODY, "--gid", Confinement.NOBODY));
        line.addAll(List.of("--ro-bind", "/usr", "/usr"));
        Stream.of("/bin", "/sbin", "/lib", "/lib32", "/lib64").map(Path::of).filter(Files::exists).forEach(folder -> line.addAll(system(folder)));
        line.addAll(List.of("--proc", "/proc", "--dev", "/dev",
            "--perms", "1777", "--size", Long.toString(Bounds.SHARED_MEMORY), "--tmpfs", "/dev/shm", "--remount-ro", "/dev",
            "--perms", "1777", "--size", Long.toString(Bounds.DISK), "--tmpfs", "/tmp", "--chdir", "/tmp"));
        return line;
    }

    private static List<String> system(Path folder) {
        try {
            return Files.isSymbolicLink(folder) ? List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString())
                : List.of("--ro-bind", folder.toString(), folder.toString());
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> withProgram(List<String> line, String account, List<String> program) {
        var become = Privileges.isRoot() ? List.of("setpriv", "--reuid=" + account, "--regid=" + account, "--clear-groups",
            "--inh-caps=-all", "--no-new-privs") : List.<String>of();
        var bounds = List.of("prlimit", "--nproc=" + Bounds.PROCESSES, "--nofile=" + Bounds.OPEN_FILES, "--as=" + Bounds.ADDRESSES,
            "--core=0", "--");
        return Stream.of(line, List.of("--"), become, bounds, program).flatMap(List::stream).toList();
    }
}

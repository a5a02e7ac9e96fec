package cli;

import grading.sandbox.Sandbox;
import grading.sandbox.Sandboxes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.StandardWatchEventKinds;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import lab.LabException;
import lab.Progress;
import lab.docker.DockerProvider;
import lab.os.Caches;
import lab.os.Memory;
import lab.os.Privileges;
import lab.provider.Providers;
import lesson.Home;

/** {@code doctor}: what works on this machine, what does not, and what to do about it. Starts nothing. */
final class DoctorCommand extends Command {
    private static final long WANTED_BYTES = 1_000_000_000;
    private boolean usable = true;

    DoctorCommand() {
        super("doctor", "Say what works on this machine and what to do.", Arguments.NONE);
    }

    @Override protected int run(ParsedArguments arguments) {
        say("Java", Runtime.version().feature() >= 25, Runtime.version() + " at " + System.getProperty("java.home"),
            "install a JDK 25, or unset JAVA_HOME so that jbang fetches one");
        say("jbang", true, Optional.ofNullable(System.getenv("JBANG_LAUNCH_CMD")).orElse("started without it"), "");
        say("account", true, Privileges.isRoot() ? "root; PostgreSQL will run as nobody" : System.getProperty("user.name"), "");
        var providers = Providers.WORDS.stream().filter(word -> !word.equals("auto") && !word.contains(":")).filter(this::provider).toList();
        if (providers.isEmpty()) {
            usable = false;
            System.out.println("✗ no database can be started; pass --db jdbc:postgresql://… to use a server of yours");
        }
        System.out.println(sandbox());
        memory();
        check("cache", "free some space, or set COURSE_CACHE to another folder", DoctorCommand::cache);
        check("port", "look for a firewall that closes 127.0.0.1", DoctorCommand::port);
        check("clone", "verify and the book need to write here: clone into a folder of yours; ./jbang submit can write elsewhere, with --to DIR", DoctorCommand::cloneFolder);
        check("file watching", "`verify --watch` will look at the files itself, four times a second", DoctorCommand::watching);
        return usable ? Main.OK : Main.UNUSABLE;
    }

    private boolean provider(String word) {
        try {
            var missing = Providers.of(word, Progress.SILENT) instanceof DockerProvider docker ? docker.missingImage() : Optional.<String>empty();
            say("--db " + word, true, "works" + missing.map(reason -> ", but --db auto does without it, because " + reason).orElse(""), "");
            return true;
        } catch (LabException e) {
            System.out.println("– --db " + word + ": " + e.getMessage().replace("--db " + word + ": ", ""));
            return false;
        }
    }

    private interface Probe {
        /** @return what was seen; throws when it is not well */
        String run() throws Exception;
    }

    private void check(String what, String advice, Probe probe) {
        try {
            say(what, true, probe.run(), "");
        } catch (Exception e) {
            say(what, false, e.getMessage(), advice);
        }
    }

    private void say(String what, boolean well, String seen, String advice) {
        usable &= well || what.equals("file watching");
        System.out.println((well ? "✓ " : "✗ ") + what + ": " + seen + (well ? "" : "; " + advice));
    }

    /** What is around the code of somebody else; nothing of one's own needs it. */
    private static String sandbox() {
        var kinds = Sandboxes.WORDS.stream().filter(word -> !word.equals(Sandbox.NONE.name())).toList();
        var missing = kinds.stream().flatMap(kind -> Sandboxes.reasonUnavailable(kind).map(reason -> kind + ": " + reason).stream()).toList();
        var here = kinds.stream().filter(kind -> missing.stream().noneMatch(reason -> reason.startsWith(kind + ": "))).toList();
        return (here.isEmpty() ? "– sandbox for submissions: none, so verify --submission asks first" : "✓ sandbox for submissions: " + String.join(", ", here))
            + missing.stream().map(reason -> "; " + reason).collect(Collectors.joining());
    }

    private void memory() {
        Memory.megabytes().ifPresent(has -> say("memory", has >= Memory.WANTED_MB, has + " MB"
            + (has >= Memory.WANTED_FOR_ALL_MB ? "" : ", where lesson 15 wants " + Memory.WANTED_FOR_ALL_MB), "give this machine, or container, " + Memory.WANTED_MB + " MB or more"));
    }

    private static String cache() throws IOException {
        var root = Caches.root();
        var free = Files.getFileStore(root).getUsableSpace();
        if (free < WANTED_BYTES) {
            throw new IOException("only " + free / 1_000_000 + " MB free in " + root + ", the course wants 1000");
        }
        return root + ", " + free / 1_000_000_000 + " GB free";
    }

    private static String port() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return "127.0.0.1:" + socket.getLocalPort() + " was free";
        }
    }

    private static String cloneFolder() throws IOException {
        var root = Home.here().root();
        if (!Files.isWritable(root)) {
            throw new IOException(root + " is read-only");
        }
        return root.toString();
    }

    private static String watching() throws Exception {
        var folder = Files.createTempDirectory(Caches.root(), "watch-");
        try (var watcher = folder.getFileSystem().newWatchService()) {
            folder.register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
            Files.createFile(folder.resolve("seen"));
            if (watcher.poll(3, TimeUnit.SECONDS) == null) {
                throw new IOException("a new file was not reported within 3 s");
            }
            return "a new file is reported";
        } finally {
            lab.os.Folders.delete(folder);
        }
    }
}

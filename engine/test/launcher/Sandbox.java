package launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine of its own for the launcher, in one temporary folder: a clone with the real scripts, a home, a PATH and a
 * root for /usr/lib/jvm and its like. Nothing outside the folder is written.
 */
final class Sandbox implements AutoCloseable {

    private static final List<String> TOOLS = List.of("awk", "cat", "cmp", "cp", "cut", "dirname", "env", "find", "grep", "id",
            "mkdir", "mv", "nice", "printf", "readlink", "rm", "sed", "sh", "sha1sum", "sha256sum", "shasum", "openssl", "sleep", "sort", "touch");

    final Path folder;
    final Path clone;
    final Path home;
    final Path bin;
    final Path system;
    private final Map<String, String> environment = new HashMap<>();

    Sandbox() {
        this("clone");
    }

    Sandbox(String cloneName) {
        try {
            folder = Files.createTempDirectory("launcher").toRealPath();
            clone = folder.resolve(cloneName);
            home = Files.createDirectories(folder.resolve("home"));
            bin = Files.createDirectories(folder.resolve("bin"));
            system = Files.createDirectories(folder.resolve("system"));
            for (var part : List.of("jbang", "jbang-catalog.json", "engine/sources.sh", "engine/launcher", "engine/Start.java", "engine/start")) {
                copy(part, clone);
            }
            TOOLS.forEach(this::linkFromPath);
        } catch (IOException e) {
            throw new UncheckedIOException("no sandbox for the launcher", e);
        }
        Disk.write(clone.resolve("engine/Course.java"), "// <sources>\n// </sources>\n");
        Disk.write(clone.resolve("engine/lab/Server.java"), "package lab;\n");
        environment.putAll(Map.of("PATH", bin.toString(), "HOME", home.toString(), "COURSE_SYSTEM_ROOT", system.toString(),
                "SANDBOX", folder.toString(), "CI", "true", "LC_ALL", "C.UTF-8"));
    }

    /** A machine that has what most learners have: an installed jbang and a JDK 25. */
    static Sandbox usual() {
        var sandbox = new Sandbox();
        sandbox.installJbang();
        sandbox.with("JAVA_HOME", sandbox.jdk(sandbox.folder.resolve("jdk 25"), "25.0.3"));
        return sandbox;
    }

    Sandbox with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    Sandbox without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Runs the launcher in the clone's folder. */
    Run jbang(String... arguments) {
        return in(clone, arguments).run("");
    }

    /** The launcher, to be run in another folder. */
    Command in(Path workingFolder, String... arguments) {
        var words = new ArrayList<>(List.of(clone.resolve("jbang").toString()));
        words.addAll(List.of(arguments));
        return command(workingFolder, words);
    }

    Command command(Path workingFolder, List<String> words) {
        return new Command(workingFolder, Map.copyOf(environment), words);
    }

    /** A folder that looks like a JDK of this version, with {@link FakeJava}. */
    Path jdk(Path where, String version) {
        Disk.write(where.resolve("release"), "JAVA_RUNTIME_VERSION=\"%s+9\"\nJAVA_VERSION=\"%s\"".formatted(version, version));
        script(where.resolve("bin/javac"), "exit 0\n");
        script(where.resolve("bin/java"), FakeJava.SCRIPT);
        return where;
    }

    /** An installed jbang as most installers lay it down: the script and its jar in one folder on PATH. */
    void installJbang() {
        script(bin.resolve("jbang"), "echo called as: jbang \"$@\"\n");
        Disk.write(bin.resolve("jbang.jar"), "a jar");
    }

    /** How often a fake program was called with a command line that contains this. */
    long callsOf(String part) {
        var calls = folder.resolve("calls.txt");
        return Files.exists(calls) ? Disk.read(calls).lines().filter(call -> call.contains(part)).count() : 0;
    }

    /** Where the launcher keeps what it stores. */
    Path cache() {
        return home.resolve(".jbang/cache/launcher");
    }

    /** The stored command line of the course program, beside which its AOT caches lie. */
    Path stored() {
        return cache().resolve("clones").resolve(clone.toString().substring(1)).resolve("Course");
    }

    Path script(Path file, String body) {
        Disk.write(file, "#!/bin/sh\n" + body).toFile().setExecutable(true);
        return file;
    }

    @Override
    public void close() {
        Disk.delete(folder);
    }

    /** Copies a file of the course, or a folder of it. */
    static void copy(String part, Path to) throws IOException {
        var root = Checkout.root();
        try (var files = Files.walk(root.resolve(part))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(root.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private void linkFromPath(String tool) {
        for (var place : System.getenv("PATH").split(File.pathSeparator)) {
            var program = Path.of(place, tool);
            if (Files.isExecutable(program) && !Files.exists(bin.resolve(tool))) {
                try {
                    Files.createSymbolicLink(bin.resolve(tool), program);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}

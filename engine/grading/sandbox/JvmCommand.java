package grading.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The command line of a JVM for the inside of a sandbox.
 *
 * @param command     the JDK's {@code java}, options, class path, program
 * @param environment only what an answer may know
 */
record JvmCommand(List<String> command, Map<String, String> environment) {
    /** Where its folders are inside: the only ones to which it can write. */
    static final String HOME = "/tmp/home";
    private static final String CLASS_PATH = "-classpath";
    private static final String MODULE = "-m";
    private static final List<String> WORDS = List.of("-XX:AOTCache=", "--module-path=", "-Dcourse.classPath=");
    private static final List<String> KEPT = List.of("LANG", "LC_ALL", "LC_CTYPE", "TZ", "COURSE_SEED");
    /** The folders are made in a file system that is new and empty. */
    private static final String IN_ITS_FOLDER = "mkdir -p \"$HOME\" /tmp/work && cd /tmp/work && exec \"$@\"";

    /** Of a JVM that would start without a sandbox, with the relay to ports outside before its own program. */
    static JvmCommand of(ProcessBuilder jvm, Path socket) {
        var command = new ArrayList<>(jvm.command());
        var program = command.contains(MODULE) ? command.indexOf(MODULE) + 1 : command.indexOf(CLASS_PATH) + 2;
        if (program < 2) {
            throw new IllegalArgumentException("no " + CLASS_PATH + " in " + command);
        }
        var parts = command.get(program).split("/"); // its module, where it has one
        parts[parts.length - 1] = Inside.class.getName();
        command.addAll(program + 1, List.of(socket.toString(), command.get(program).replaceFirst(".*/", "")));
        command.set(program, String.join("/", parts));
        command.add(1, "-Duser.home=" + HOME);
        var environment = new TreeMap<>(jvm.environment());
        environment.keySet().retainAll(KEPT);
        environment.putAll(Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "HOME", HOME, "TMPDIR", "/tmp", "COURSE_CACHE", "/tmp/cache",
            "JAVA_HOME", System.getProperty("java.home")));
        return new JvmCommand(command, environment);
    }

    /** The JDK's {@code java}. */
    Path program() {
        return Path.of(command.getFirst());
    }

    /** The same, run in a folder of its own, after these words. */
    List<String> after(List<String> words) {
        return Stream.of(words, List.of("sh", "-c", IN_ITS_FOLDER, "sh"), command).flatMap(List::stream).toList();
    }

    /** What it must be able to read, each under its own name: the JDK, its settings, which Debian keeps elsewhere, class path and caches. */
    List<Path> files() {
        return Stream.of(Stream.of(javaHome()), settings(), named().map(Path::of)).flatMap(paths -> paths)
            .map(Path::toAbsolutePath).distinct().filter(Files::exists).toList();
    }

    /** In the class path, and in options of which each is one word. */
    private Stream<String> named() {
        var words = command.stream().flatMap(option -> WORDS.stream().filter(option::startsWith).map(word -> option.substring(word.length())));
        return Stream.concat(Stream.of(command.get(command.indexOf(CLASS_PATH) + 1)), words).flatMap(paths -> Stream.of(paths.split(File.pathSeparator)));
    }

    private static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    private static Stream<Path> settings() {
        var found = new File("/etc").listFiles(file -> file.isDirectory() && file.getName().matches("java(-.*)?"));
        return found == null ? Stream.empty() : Stream.of(found).map(File::toPath);
    }
}

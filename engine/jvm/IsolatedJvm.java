package jvm;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lab.os.TempFolder;

/**
 * A child JVM for code of somebody else beside ours. Of the JDK it has the modules it needs and no more: none that dumps the heap, loads
 * an agent, attaches to a process or goes round access checks. Ours is the named module {@value #COURSE}, which exports nothing;
 * the libraries that judge with us are named modules as well. The other libraries stay on the class path, and are anybody's.
 *
 * <p>It has no AOT cache: with {@code --limit-modules} the JDK uses none. The jars of our modules are written anew by each host, half a second of a
 * processor beside the start of the server; to find them in a cache and be sure that nobody changed them would take nearly as long.
 */
public final class IsolatedJvm {
    /** The module of our own classes. */
    public static final String COURSE = "course";
    /** The class path that code is compiled against there. */
    private static final String CLASS_PATH = "course.classPath";
    private static final List<String> JDK = List.of("java.base", "java.compiler", "java.logging", "java.management", "java.naming", "java.net.http",
        "java.security.jgss", "java.security.sasl", "java.sql", "java.sql.rowset", "java.transaction.xa", "java.xml", "jdk.compiler", "jdk.httpserver", "jdk.net", "jdk.security.auth",
        "jdk.zipfs");
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms24m", "-Xmn12m", "-Xss2m",
        "--illegal-native-access=deny", "-XX:+DisableAttachMechanism", "-XX:-EnableDynamicAgentLoading",
        "-Djdk.attach.allowAttachSelf=false", "-XX:-UsePerfData");
    /** Libraries with a module of their own by whose words a verdict is made. */
    private static final Pattern JUDGES = Pattern.compile("(junit-|opentest4j-|apiguardian-|jspecify-|HikariCP-|slf4j-|jackson-|commons-codec-|caffeine-|commons-pool2-|gson-|json-).*\\.jar");
    /** Those without one, and what their jars are called; a later one may use those before it. */
    private static final List<Library> MADE = List.of(new Library("org.postgresql.jdbc", "postgresql-\\d.*\\.jar"),
        new Library("org.flywaydb", "flyway-.*\\.jar"), new Library("redis.clients.jedis", "(jedis|redis-authx-core)-.*\\.jar"));
    private static IsolatedJvm only;
    private final TempFolder folder;
    private final List<String> names = new ArrayList<>(JDK);
    private final List<Path> modules = new ArrayList<>();
    private final List<Path> others = new ArrayList<>();

    private record Library(String module, String jars) {
        boolean has(Path path) {
            return path.getFileName().toString().matches(jars);
        }
    }

    private IsolatedJvm() throws IOException {
        folder = TempFolder.of("modules");
        for (var path : classPath()) {
            var name = path.getFileName().toString();
            if (JUDGES.matcher(name).matches()) {
                modules.add(path);
            } else if (!path.equals(ours())) {
                others.add(path); // also what is made a module of: its files, which a module shows to nobody, are looked for here, and no class is
            }
        }
        ModuleFinder.of(modules.toArray(Path[]::new)).findAll().forEach(module -> names.add(module.descriptor().name()));
        for (var library : MADE) {
            add(ModuleJar.ofLibrary(library.module(), List.copyOf(names)), classPath().stream().filter(library::has).toList());
        }
        add(new ModuleJar(COURSE, names, false, List.of("grading"), Map.of("org.junit.jupiter.api.extension.Extension", List.of("grading.worker.CheckExtension"))),
            List.of(ours()));
    }

    private void add(ModuleJar module, List<Path> sources) throws IOException {
        var jar = folder.folder().resolve(module.name() + ".jar");
        module.write(sources, jar);
        modules.add(jar);
        names.add(module.name());
    }

    /**
     * The command line of such a JVM, which runs the main method of a class of ours. {@link #files} says what it reads besides the JDK.
     *
     * @param options more of them; the last of a kind holds
     */
    public static synchronized ProcessBuilder running(Class<?> program, List<String> options) throws IOException {
        var jvm = only();
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(OPTIONS);
        command.addAll(options);
        // Each is one word, as ChildJvm finds the options of this JVM.
        command.addAll(List.of("--limit-modules=" + String.join(",", jvm.names), "--add-modules=" + String.join(",", jvm.names),
            "--module-path=" + joined(jvm.modules), "--add-reads=" + COURSE + "=ALL-UNNAMED", "-D" + CLASS_PATH + "=" + System.getProperty("java.class.path"),
            "-classpath", joined(jvm.others), "-m", COURSE + "/" + program.getName()));
        return new ProcessBuilder(command);
    }

    /** What such a JVM reads, and has no need to write. */
    public static synchronized List<Path> files() throws IOException {
        return Stream.of(only().modules, only().others, List.of(ours())).flatMap(List::stream).toList();
    }

    private static IsolatedJvm only() throws IOException {
        if (only == null) {
            only = new IsolatedJvm();
        }
        return only;
    }

    /** Whether this is such a JVM. */
    public static boolean isHere() {
        return IsolatedJvm.class.getModule().isNamed();
    }

    /** Ours and all libraries, as the JVM has them that started this one; its own class path where this is no such JVM. */
    public static List<Path> classPath() {
        return Arrays.stream(System.getProperty(CLASS_PATH, System.getProperty("java.class.path")).split(File.pathSeparator)).map(Path::of).toList();
    }

    private static String joined(List<Path> paths) {
        return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    private static Path ours() throws IOException {
        try {
            return Path.of(IsolatedJvm.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("cannot find the engine's own jar", e);
        }
    }
}

package bench;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import lab.Progress;
import lab.os.TempFolder;
import lab.provider.Providers;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * The least that a verdict could take: an answer and its test compiled in a process, and run by JUnit against a database
 * that is there. No launcher, no server to start, no clone, and nothing to keep the answer from doing harm.
 */
public final class VerdictFloor {
    private static final int WARM = 60;
    private static final String ANSWER = """
        import java.sql.*;
        public class Floor {
            public static int count(Connection connection, String name) throws SQLException {
                try (var statement = connection.prepareStatement("select count(*) from pg_class where relname = ?")) {
                    statement.setString(1, name);
                    try (var rows = statement.executeQuery()) { rows.next(); return rows.getInt(1); }
                }
            }
        }
        """;
    private static final String TEST = """
        import java.sql.DriverManager;
        import org.junit.jupiter.api.Assertions;
        import org.junit.jupiter.api.Test;
        public class FloorTest {
            @Test void counts() throws Exception {
                try (var connection = DriverManager.getConnection(System.getProperty("floor.url"), System.getProperty("floor.user"),
                        System.getProperty("floor.password"))) {
                    Assertions.assertEquals(1, Floor.count(connection, "pg_class"));
                }
            }
        }
        """;

    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);
    private static final Launcher JUNIT = LauncherFactory.create(LauncherConfig.builder()
        .enableTestEngineAutoRegistration(false).addTestEngines(new JupiterTestEngine())
        .enableTestExecutionListenerAutoRegistration(false).enableLauncherDiscoveryListenerAutoRegistration(false)
        .enableLauncherSessionListenerAutoRegistration(false).enablePostDiscoveryFilterAutoRegistration(false).build());

    private VerdictFloor() { }

    /** @param first a new JVM, from its start to its end; @param warm a round of one that has done {@value #WARM} */
    record Times(double[] first, double[] warm) { }

    /** Both floors, {@code runs} times, with an AOT cache made for it. */
    static Times measure(int runs) throws IOException, InterruptedException {
        try (var tempFolder = TempFolder.of("floor"); var lab = Providers.open("embedded", Progress.SILENT)) {
            var cache = tempFolder.folder().resolve("floor.aot");
            var login = lab.lessonDatabase().app();
            var settings = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xms24m", "-Xmn12m",
                "--enable-native-access=ALL-UNNAMED", "-Dfloor.url=" + login.url(), "-Dfloor.user=" + login.user(), "-Dfloor.password=" + login.password());
            jvm(tempFolder.folder(), settings, "-XX:AOTCacheOutput=" + cache, 1);
            var times = new Times(new double[runs], new double[runs]);
            for (int i = 0; i < runs; i++) {
                var start = System.nanoTime();
                jvm(tempFolder.folder(), settings, "-XX:AOTCache=" + cache, 1);
                times.first[i] = (System.nanoTime() - start) / 1e9;
                times.warm[i] = Double.parseDouble(jvm(tempFolder.folder(), settings, "-XX:AOTCache=" + cache, WARM));
            }
            return times;
        }
    }

    private static String jvm(Path folder, List<String> settings, String cache, int rounds) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(settings);
        command.addAll(List.of(cache, "-cp", System.getProperty("java.class.path"), VerdictFloor.class.getName(), Integer.toString(rounds)));
        var errors = folder.resolve("errors.txt"); // a JVM that writes a cache says there how it was started
        var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        var last = process.inputReader().lines().reduce("", (before, line) -> line);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("the floor of a verdict was not measured: " + Files.readString(errors));
        }
        return last;
    }

    /** Prints the seconds of the last of so many rounds. */
    public static void main(String... args) throws Exception {
        try (var tempFolder = TempFolder.of("floor")) {
            var sources = List.of(tempFolder.folder().resolve("Floor.java"), tempFolder.folder().resolve("FloorTest.java"));
            Files.writeString(sources.getFirst(), ANSWER);
            Files.writeString(sources.getLast(), TEST);
            var seconds = 0.0;
            for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                seconds = round(tempFolder.folder(), sources);
            }
            System.out.println(seconds);
        }
        System.exit(0);
    }

    private static void compile(Path folder, List<Path> sources) throws IOException {
        FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
        if (!JAVAC.getTask(null, FILES, null, List.of("-proc:none"), null, FILES.getJavaFileObjectsFromPaths(sources)).call()) {
            throw new IOException("the floor does not compile");
        }
    }

    private static double round(Path folder, List<Path> sources) throws Exception {
        var start = System.nanoTime();
        compile(folder, sources);
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            var summary = new SummaryGeneratingListener();
            JUNIT.execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(loader.loadClass("FloorTest"))).build(), summary);
            if (summary.getSummary().getTestsSucceededCount() != 1) {
                throw new IOException("the test of the floor failed: " + summary.getSummary().getFailures());
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }
}

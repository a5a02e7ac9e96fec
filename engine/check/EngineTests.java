package check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jvm.ChildJvm;
import kernel.compile.JavaCompiler;
import lab.os.TempFolder;
import lesson.Home;

/** Compiles engine/test and runs it in a JVM of its own, on the same class path as the rooms it tests. */
final class EngineTests {
    private EngineTests() { }

    /** @param providers the databases to test with; tests that need Docker run only where it is among them
     *  @param part      of the name of the test classes to run; empty for all */
    static List<Result> of(Home home, List<String> providers, String part) throws IOException, InterruptedException {
        var sources = sources(home);
        return switch (JavaCompiler.compile(sources, Map.of())) {
            case JavaCompiler.Result.Refused(var problems) ->
                List.of(Result.failed("the engine's tests compile", problems.toString()));
            case JavaCompiler.Result.Compiled(var classes) -> run(home, classes, providers, part);
        };
    }

    private static List<Path> sources(Home home) throws IOException {
        try (var files = Files.walk(home.root().resolve("engine/test"))) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    private static List<Result> run(Home home, Map<String, byte[]> classes, List<String> providers, String part)
            throws IOException, InterruptedException {
        try (var tempFolder = TempFolder.of("tests")) {
            var folder = tempFolder.folder();
            for (var entry : classes.entrySet()) {
                var file = folder.resolve(entry.getKey().replace('.', '/') + ".class");
                Files.createDirectories(file.getParent());
                Files.write(file, entry.getValue());
            }
            var arguments = new ArrayList<>(List.of(folder.toString(), part));
            arguments.addAll(providers);
            return SeparateJvm.run(home, ChildJvm.likeThis().with(List.of("-Xmx512m")).with(folder), "the engine's tests run", TestRunner.class, arguments);
        }
    }
}

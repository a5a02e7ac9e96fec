package lab.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Java files that name libraries of their own, in lines that jbang reads. */
public final class Scripts {
    /** jbang takes seconds, and a script is started again and again. */
    private static final Map<String, List<Path>> FOUND = new ConcurrentHashMap<>();

    private Scripts() { }

    /** Whether a Java file has lines {@code //DEPS}. */
    public static boolean isScript(Path source) {
        return !words(source, "DEPS").isEmpty();
    }

    /** Its libraries, found by jbang and fetched where they have to be. */
    public static List<Path> libraries(Path script) {
        return FOUND.computeIfAbsent(directives(script), lines -> Artifacts.classPath(script.toAbsolutePath().toString()).stream()
            .filter(jar -> !jar.endsWith(script.getFileName().toString().replace(".java", ".jar"))).toList()); // its own, if it was ever built
    }

    /** What its lines {@code //SOURCES} or {@code //FILES} name, beside it. */
    public static List<Path> named(Path script, String directive) {
        return words(script, directive).stream().map(name -> script.resolveSibling(name).normalize()).toList();
    }

    private static List<String> words(Path source, String directive) {
        var beginning = "//" + directive + " ";
        return lines(source).stream().filter(line -> line.startsWith(beginning))
            .flatMap(line -> Stream.of(line.substring(beginning.length()).strip().split("\\s+"))).toList();
    }

    private static String directives(Path script) {
        return lines(script).stream().filter(line -> line.matches("//[A-Z_]+ .*")).collect(Collectors.joining("\n"));
    }

    private static List<String> lines(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source, e);
        }
    }
}

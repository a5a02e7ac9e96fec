package kernel;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;

/**
 * Which jars of a class path hold which package. A compiler that knows opens the two jars a source names, not all forty,
 * which took it a quarter of a second.
 */
final class ClassPathIndex {
    private static final String KEPT = "packages";
    private final Map<String, List<Path>> jars;
    private final List<Path> folders;

    private ClassPathIndex(Map<String, List<Path>> jars, List<Path> folders) {
        this.jars = jars;
        this.folders = folders;
    }

    /** Read from the cache, or made and kept there. Jars of Maven's repository do not change under their name. */
    static ClassPathIndex of(String classPath) {
        var entries = Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).filter(Files::exists).toList();
        try {
            var key = ClassCache.key("packages of " + classPath, List.of());
            var kept = new String(ClassCache.get(key, () -> Map.of(KEPT, lines(entries).getBytes())).get(KEPT));
            var jars = kept.lines().map(line -> line.split("\t")).collect(Collectors.toMap(line -> line[0],
                line -> Arrays.stream(line[1].split(" ")).map(i -> entries.get(Integer.parseInt(i))).toList()));
            return new ClassPathIndex(jars, entries.stream().filter(Files::isDirectory).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class path " + classPath, e);
        }
    }

    /** Where classes of this package may be: the jars that hold some, and every folder. */
    List<Path> placesOf(String packageName) {
        var places = new ArrayList<>(jars.getOrDefault(packageName, List.of()));
        places.addAll(folders);
        return places;
    }

    private static String lines(List<Path> entries) {
        var found = new TreeMap<String, TreeSet<Integer>>();
        IntStream.range(0, entries.size()).filter(i -> Files.isRegularFile(entries.get(i))).forEach(i ->
            packages(entries.get(i)).forEach(name -> found.computeIfAbsent(name, n -> new TreeSet<>()).add(i)));
        return found.entrySet().stream().map(entry -> entry.getKey() + "\t"
            + entry.getValue().stream().map(String::valueOf).collect(Collectors.joining(" "))).collect(Collectors.joining("\n"));
    }

    private static TreeSet<String> packages(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class") && name.contains("/"))
                .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
                .map(name -> name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar + " of the class path", e);
        }
    }
}

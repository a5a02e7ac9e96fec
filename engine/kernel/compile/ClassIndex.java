package kernel.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The classes of each package, in the JDK's standard modules and in the jars of a class path. A compiler that is told does not
 * look for itself, which is half of what a small compilation takes: it opens and reads every jar and image it is shown.
 */
final class ClassIndex {
    private static final String KEPT = "classes";
    private static final String CLASS = ".class";
    /** What answers use. The compiler looks for itself in the other half of the JDK, its own tools. */
    private static final String STANDARD = "java.";
    private final Map<String, String> names;
    private final List<Path> folders;

    private ClassIndex(Map<String, String> names, List<Path> folders) {
        this.names = names;
        this.folders = folders;
    }

    /** Read from the cache, or made and kept there. Jars of Maven's repository do not change under their name. */
    static ClassIndex of(List<Path> classPath) {
        var entries = classPath.stream().filter(Files::exists).toList();
        try {
            var key = ClassCache.key("classes of " + classPath, List.of());
            var kept = new String(ClassCache.get(key, () -> Map.of(KEPT, lines(entries).getBytes())).get(KEPT));
            var names = new HashMap<String, String>();
            kept.lines().forEach(line -> names.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1)));
            return new ClassIndex(names, entries.stream().filter(Files::isDirectory).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class path " + classPath, e);
        }
    }

    /** Simple names, nested classes with their dollar signs; nothing where this module is not known. */
    Optional<List<String>> ofModule(String module, String packageName) {
        return names.containsKey(module + "/") ? Optional.of(under(module + "/" + packageName)) : Optional.empty();
    }

    /** The same of the jars, all of them together. */
    List<String> ofJars(String packageName) {
        return under("/" + packageName);
    }

    /** The folders of the class path, whose classes come and go. */
    List<Path> folders() {
        return folders;
    }

    private List<String> under(String place) {
        var found = names.getOrDefault(place, "");
        return found.isEmpty() ? List.of() : List.of(found.split(" "));
    }

    private static String lines(List<Path> entries) {
        var found = new TreeMap<String, TreeSet<String>>();
        ModuleLayer.boot().configuration().modules().stream().filter(module -> module.name().startsWith(STANDARD)).forEach(module -> {
            found.put(module.name() + "/", new TreeSet<>()); // known, even if it should be empty
            sort(module.name(), classes(module), found);
        });
        entries.stream().filter(Files::isRegularFile).forEach(jar -> sort("", classes(jar), found));
        return found.entrySet().stream().map(entry -> entry.getKey() + "\t" + String.join(" ", entry.getValue()))
            .collect(Collectors.joining("\n"));
    }

    private static void sort(String module, List<String> files, Map<String, TreeSet<String>> found) {
        for (var file : files) {
            var name = file.substring(0, file.length() - CLASS.length());
            var end = Math.max(0, name.lastIndexOf('/'));
            found.computeIfAbsent(module + "/" + name.substring(0, end).replace('/', '.'), place -> new TreeSet<>())
                .add(name.substring(end == 0 ? 0 : end + 1));
        }
    }

    private static List<String> classes(ResolvedModule module) {
        try (var reader = module.reference().open(); var files = reader.list()) {
            return classes(files);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + module + " of the JDK", e);
        }
    }

    private static List<String> classes(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            return classes(zip.stream().map(entry -> entry.getName().replaceFirst("^META-INF/versions/\\d+/", "")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar + " of the class path", e);
        }
    }

    private static List<String> classes(Stream<String> files) {
        return files.filter(name -> name.endsWith(CLASS) && !name.endsWith("module-info" + CLASS)).toList();
    }
}

package kernel.compile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * Keeps what the compiler writes in memory, lets it see classes that were compiled before and are nowhere on disk, and
 * answers from an index which classes a package has.
 */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();
    private final Set<Location> system = new HashSet<>();
    private final ClassIndex index;
    private final Map<String, byte[]> known;

    MemoryFiles(StandardJavaFileManager files, ClassIndex index, Map<String, byte[]> known) {
        super(files);
        this.index = index;
        this.known = known;
    }

    Map<String, byte[]> compiled() {
        var classes = new HashMap<String, byte[]>();
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    @Override public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
        return new SimpleJavaFileObject(ClassFile.uri(name), kind) {
            @Override public OutputStream openOutputStream() {
                return written.computeIfAbsent(name, n -> new ByteArrayOutputStream());
            }
        };
    }

    @Override public Iterable<Set<Location>> listLocationsForModules(Location location) throws IOException {
        var modules = super.listLocationsForModules(location);
        if (location == StandardLocation.SYSTEM_MODULES) {
            modules.forEach(system::addAll);
        }
        return modules;
    }

    @Override public Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds,
                                                   boolean recurse) throws IOException {
        if (location == StandardLocation.CLASS_PATH) {
            return ofClassPath(packageName, kinds, recurse);
        }
        var indexed = recurse || !system.contains(location) ? Optional.<Iterable<JavaFileObject>>empty()
            : ofModule(super.inferModuleName(location), packageName);
        return indexed.isPresent() ? indexed.get() : super.list(location, packageName, kinds, recurse);
    }

    private Optional<Iterable<JavaFileObject>> ofModule(String name, String packageName) {
        return index.ofModule(name, packageName).flatMap(classes -> ModuleLayer.boot().findModule(name).map(module ->
            classes.stream().map(simple -> ClassFile.inModule(module, qualified(packageName, simple))).collect(Collectors.toList())));
    }

    private List<JavaFileObject> ofClassPath(String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        var all = new ArrayList<JavaFileObject>();
        index.ofJars(packageName).forEach(simple -> all.add(ClassFile.inJars(qualified(packageName, simple))));
        for (var folder : index.folders()) {
            super.list(locationOf(folder), packageName, kinds, recurse).forEach(all::add);
        }
        if (packageName.isEmpty()) {
            known.forEach((name, bytes) -> all.add(new ClassFile(name, () -> new ByteArrayInputStream(bytes))));
        }
        return all;
    }

    /** A location of its own for each folder; the file manager keeps it. */
    private Location locationOf(Path folder) throws IOException {
        var location = StandardLocation.locationFor(folder.toString());
        if (!fileManager.hasLocation(location)) {
            fileManager.setLocationFromPaths(location, List.of(folder));
        }
        return location;
    }

    private static String qualified(String packageName, String simple) {
        return packageName.isEmpty() ? simple : packageName + "." + simple;
    }

    @Override public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof ClassFile indexed ? indexed.name() : super.inferBinaryName(location, file);
    }
}

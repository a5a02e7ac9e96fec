package kernel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * Keeps what the compiler writes in memory, and lets it see classes that were compiled before and are nowhere on disk.
 * Of the class path it opens only what holds the package that is asked for.
 */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();
    private final ClassPathIndex classPath;
    private final Map<String, byte[]> known;

    MemoryFiles(StandardJavaFileManager files, ClassPathIndex classPath, Map<String, byte[]> known) {
        super(files);
        this.classPath = classPath;
        this.known = known;
    }

    Map<String, byte[]> compiled() {
        var classes = new HashMap<String, byte[]>();
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    @Override public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
        return new SimpleJavaFileObject(uri(name), kind) {
            @Override public OutputStream openOutputStream() {
                return written.computeIfAbsent(name, n -> new ByteArrayOutputStream());
            }
        };
    }

    @Override public Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds,
                                                   boolean recurse) throws IOException {
        if (location != StandardLocation.CLASS_PATH) {
            return super.list(location, packageName, kinds, recurse);
        }
        var all = new ArrayList<JavaFileObject>();
        for (var place : classPath.placesOf(packageName)) {
            super.list(locationOf(place), packageName, kinds, recurse).forEach(all::add);
        }
        if (packageName.isEmpty()) {
            known.forEach((name, bytes) -> all.add(new Known(name, bytes)));
        }
        return all;
    }

    /** A location of its own for each jar; the file manager opens it once and keeps it open. */
    private Location locationOf(Path place) throws IOException {
        var location = StandardLocation.locationFor(place.toString());
        if (!fileManager.hasLocation(location)) {
            fileManager.setLocationFromPaths(location, List.of(place));
        }
        return location;
    }

    @Override public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof Known before ? before.name : super.inferBinaryName(location, file);
    }

    private static URI uri(String name) {
        return URI.create("memory:///" + name.replace('.', '/') + ".class");
    }

    private static final class Known extends SimpleJavaFileObject {
        private final String name;
        private final byte[] bytes;

        Known(String name, byte[] bytes) {
            super(uri(name), Kind.CLASS);
            this.name = name;
            this.bytes = bytes;
        }

        @Override public InputStream openInputStream() {
            return new ByteArrayInputStream(bytes);
        }
    }
}

package kernel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/** Keeps what the compiler writes in memory, and lets it see classes that were compiled before and are nowhere on disk. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();
    private final Map<String, byte[]> known;

    MemoryFiles(JavaFileManager files, Map<String, byte[]> known) {
        super(files);
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
        var all = new ArrayList<JavaFileObject>();
        super.list(location, packageName, kinds, recurse).forEach(all::add);
        if (location == StandardLocation.CLASS_PATH && packageName.isEmpty()) {
            known.forEach((name, bytes) -> all.add(new Known(name, bytes)));
        }
        return all;
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

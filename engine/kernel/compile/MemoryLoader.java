package kernel.compile;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;

/**
 * Loads compiled classes from memory; everything else comes from the course. What is in memory wins: a lesson started
 * as a file has an older self on the class path.
 */
public class MemoryLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    /** @param classes by their binary names */
    public MemoryLoader(Map<String, byte[]> classes, ClassLoader parent) {
        super(parent);
        this.classes = classes;
    }

    @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!classes.containsKey(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** The bytes of its classes as well, for whoever reads them. */
    @Override public InputStream getResourceAsStream(String name) {
        var bytes = name.endsWith(".class") ? classes.get(name.substring(0, name.length() - ".class".length()).replace('/', '.')) : null;
        return bytes == null ? getParent().getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
}
